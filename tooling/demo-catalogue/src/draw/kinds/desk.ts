import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient, metalLight, metalPlane, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, group, line, mirror, move, path, rect, turn } from "../svg.ts";

export const scissors: Kind<"scissors"> = {
  heightCm: () => 21,
  poses: [],
  draw({ blades, width: w, height: h, accent }, { hex }) {
    const steel = hexOf(accent);
    if (blades === "bypass") {
      const handle = (side: number) =>
        group([
          line(
            `M${side * 8} ${-h * 0.02}C${side * w * 0.42} ${h * 0.1} ${side * w * 0.44} ${h * 0.3} ${side * w * 0.3} ${h * 0.5}`,
            shade(hex, 0.3),
            52,
          ),
          line(
            `M${side * 8} ${-h * 0.02}C${side * w * 0.42} ${h * 0.1} ${side * w * 0.44} ${h * 0.3} ${side * w * 0.3} ${h * 0.5}`,
            hex,
            44,
          ),
          line(
            `M${side * 10 - 8} ${h * 0.02}C${side * w * 0.38 - 8} ${h * 0.12} ${side * w * 0.4 - 8} ${h * 0.3} ${side * w * 0.28 - 8} ${h * 0.46}`,
            alpha(tint(hex, 0.7), 0.5),
            10,
          ),
        ]);
      const blade = path(
        `M-26 ${h * 0.02}C-70 ${-h * 0.14} -66 ${-h * 0.34} 14 ${-h * 0.46}C50 ${-h * 0.3} 44 ${-h * 0.12} 24 ${h * 0.02}Z`,
        { fill: metalPlane(steel, 20) },
      );
      const hook = path(
        `M-20 ${h * 0.03}L26 ${h * 0.03}C44 ${-h * 0.1} 92 ${-h * 0.2} 84 ${-h * 0.38}C110 ${-h * 0.26} 106 ${-h * 0.08} 50 ${h * 0.04}Z`,
        { fill: metalPlane(shade(steel, 0.2), 20) },
      );
      return {
        stance: "lies",
        focus: [10, -h * 0.14],
        art: turn(
          group([
            hook,
            handle(1),
            tube(`M-26 ${h * 0.1}L26 ${h * 0.14}L-26 ${h * 0.18}L26 ${h * 0.22}`, 8, "#9a9d9f"),
            handle(-1),
            blade,
            circle(0, 0, 26, { fill: metalLight(steel) }),
            circle(0, 0, 10, { fill: shade(steel, 0.5) }),
          ]),
          24,
        ),
      };
    }
    const half = (tone: number) =>
      group([
        path(`M-20 0L22 0C26 ${-h * 0.2} 20 ${-h * 0.44} 6 ${-h * 0.56}C-10 ${-h * 0.4} -22 ${-h * 0.2} -20 0Z`, {
          fill: metalPlane(shade(steel, tone), 10),
        }),
        line(`M2 ${-h * 0.5}L10 ${-h * 0.04}`, alpha("#ffffff", 0.5), 3),
        tube(`M0 -10C-4 ${h * 0.08} -14 ${h * 0.12} -22 ${h * 0.16}`, 30, hex),
        circle(-60, h * 0.28, w * 0.24, { stroke: shade(hex, 0.3), width: 32 }),
        circle(-62, h * 0.278, w * 0.24, { stroke: hex, width: 24 }),
        circle(-64, h * 0.275, w * 0.25, { stroke: alpha(tint(hex, 0.7), 0.4), width: 6 }),
      ]);
    return {
      stance: "lies",
      focus: [0, -h * 0.05],
      art: turn(
        group([
          turn(mirror(half(0.14)), -13),
          turn(half(0), 13),
          circle(0, 0, 17, { fill: metalLight("#b9a26a") }),
          line("M-9 -5L9 5", "#6b5a30", 4),
        ]),
        26,
      ),
    };
  },
};

export const bookends: Kind<"bookends"> = {
  heightCm: () => 17,
  poses: ["angle"],
  draw({ shape, width: w, height: h, accent }, { hex, pose }) {
    const angle = pose === "angle";
    const second = hexOf(accent);
    const ew = w * 0.22;
    const thick = angle ? 46 : 0;
    const arch = (x: number, flip: number) => {
      const outer = `M${x - ew / 2} 0L${x - ew / 2} ${-h * 0.64}C${x - ew / 2} ${-h * 1.12} ${x + ew / 2} ${-h * 1.12} ${x + ew / 2} ${-h * 0.64}L${x + ew / 2} 0L${x + ew * 0.2} 0L${x + ew * 0.2} ${-h * 0.6}C${x + ew * 0.2} ${-h * 0.74} ${x - ew * 0.2} ${-h * 0.74} ${x - ew * 0.2} ${-h * 0.6}L${x - ew * 0.2} 0Z`;
      const l = `M${x - (flip * ew) / 2} 0L${x - (flip * ew) / 2} -24L${x + flip * ew * 0.24} -24L${x + flip * ew * 0.24} ${-h}L${x + (flip * ew) / 2} ${-h}L${x + (flip * ew) / 2} 0Z`;
      const d = shape === "arch" ? outer : l;
      return group([
        thick > 0 && move(path(d, { fill: shade(hex, 0.36) }), thick, -thick * 0.3),
        path(d, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.3)],
              [0.5, hex],
              [1, shade(hex, 0.24)],
            ],
            40,
          ),
        }),
        path(d, { stroke: alpha(tint(hex, 0.6), 0.5), width: 3 }),
      ]);
    };
    const tones = [second, "#f1ece2", "#2f5646", "#dfa23c", "#5f8fae", "#e8bfb0", "#41464a"];
    let x = -w * 0.27;
    const row = tones.slice(0, angle ? 5 : 7).map((tone, n) => {
      const bw = w * ([0.08, 0.06, 0.1, 0.055, 0.075, 0.06, 0.07][n] ?? 0.07) * (angle ? 1.25 : 1);
      const bh = h * ([0.84, 0.94, 0.78, 0.88, 0.72, 0.9, 0.8][n] ?? 0.8);
      const book = group([
        angle &&
          path(
            polygon([
              [x, -bh],
              [x + thick, -bh - thick * 0.3],
              [x + bw + thick, -bh - thick * 0.3],
              [x + bw, -bh],
            ]),
            { fill: "#f3ead6" },
          ),
        rect(x, -bh, bw, bh, 3, { fill: roundLight(tone, 0.24) }),
        line(
          `M${x + 4} ${-bh * 0.84}L${x + bw - 4} ${-bh * 0.84}M${x + 4} ${-bh * 0.18}L${x + bw - 4} ${-bh * 0.18}`,
          alpha(tint(tone, 0.8), 0.7),
          4,
          { cap: "butt" },
        ),
      ]);
      x += bw + 2;
      return book;
    });
    return {
      stance: "stands",
      feet: [[0, 0, w * 0.46]],
      art: group([arch(-w * 0.39, 1), ...row, arch(Math.max(x + ew * 0.52, angle ? 0 : w * 0.39), -1)]),
    };
  },
};
