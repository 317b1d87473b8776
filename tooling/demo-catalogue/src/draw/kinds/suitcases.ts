import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, group, line, path, rect } from "../svg.ts";

export const suitcase: Kind<"suitcase"> = {
  heightCm: () => 55,
  poses: ["angle"],
  draw({ ribs, wheels, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const shellH = h * 0.78;
    const foot = wheels ? 34 : 0;
    const dx = pose === "angle" ? w * 0.3 : 0;
    const handle = group([
      ...[-0.3, 0.3].map((k) =>
        rect(w * k - 7 + dx * 0.4, -h, 14, h - shellH - foot + 10, 4, { fill: roundLight("#b9bdbf") }),
      ),
      rect(-w * 0.34 + dx * 0.4, -h, w * 0.68, 30, 14, { fill: roundLight(second) }),
    ]);
    const wheel = (x: number) =>
      group([
        rect(x - 16, -foot - 10, 32, 22, 6, { fill: second }),
        circle(x, -19, 19, { fill: roundLight("#2b2a2c") }),
        circle(x, -19, 7, { fill: "#8a8d8f" }),
      ]);
    const shell = roundedBox(-r, -shellH - foot, w, shellH, [48, 48, 48, 48]);
    const grooves = Array.from({ length: ribs }, (_, n) => {
      const x = -r + (w * (n + 1)) / (ribs + 1);
      return group([
        line(`M${x} ${-shellH - foot + 40}L${x} ${-foot - 40}`, alpha(shade(hex, 0.5), 0.4), 12),
        line(`M${x + 10} ${-shellH - foot + 40}L${x + 10} ${-foot - 40}`, alpha(tint(hex, 0.7), 0.4), 7),
      ]);
    });
    const side =
      pose === "angle" &&
      group([
        path(roundedBox(-r + dx * 0.2, -shellH - foot - 16, w + dx, shellH, [48, 60, 60, 48]), {
          fill: linearGradient([
            [0, shade(hex, 0.1)],
            [0.8, shade(hex, 0.26)],
            [1, shade(hex, 0.4)],
          ]),
        }),
        line(`M${r + dx * 0.46} ${-shellH - foot + 6}L${r + dx * 0.46} ${-foot - 40}`, alpha("#1f1d1c", 0.6), 8),
        tube(`M${r + dx * 0.8} ${-h * 0.56}L${r + dx * 0.8} ${-h * 0.36}`, 22, second),
      ]);
    return {
      stance: "stands",
      feet: [[dx * 0.4, 0, r * 0.92 + dx * 0.4]],
      focus: [0, -h * 0.7],
      art: group([
        handle,
        wheels && wheel(-r + 64),
        wheels && wheel(r - 64 + dx),
        side,
        path(shell, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.24)],
              [0.45, hex],
              [1, shade(hex, 0.24)],
            ],
            24,
          ),
        }),
        ...grooves,
        path(shell, { stroke: alpha(tint(hex, 0.6), 0.5), width: 4 }),
        rect(-54, -shellH - foot + 30, 108, 34, 8, { fill: second }),
        ...[-1, 1].map((k) => rect(k * (r - 30) - 28, -foot - 50, 56, 50, 18, { fill: shade(hex, 0.4) })),
      ]),
    };
  },
};
