import { leg } from "../blocks.ts";
import { alpha, hexOf, shade } from "../colour.ts";
import { linearGradient, metalPlane, radialGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, clip, ellipse, group, line, move, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { disc } from "../turned.ts";
import { stuffOf } from "./carpentry.ts";

const REFLECTION = linearGradient(
  [
    [0, "#dfe8ea"],
    [0.35, "#f7fafa"],
    [0.5, "#cfdcdf"],
    [0.62, "#eef4f4"],
    [1, "#b9c9cd"],
  ],
  40,
);

export const mirror: Kind<"mirror"> = {
  heightCm: ({ stand, height }) => (stand ? 34 : height / 9),
  poses: ["angle"],
  draw(drawing, { hex, pose }) {
    const { shape, stand, width: w, height: h, accent } = drawing;
    const metal = hexOf(accent);
    const r = w / 2;
    const squeeze = pose === "angle" ? 0.66 : 1;
    const glassH = stand ? w : h;
    const cy = -h + glassH / 2;
    const pane = (k: number, fill: Parameters<typeof ellipse>[4]): Art =>
      shape === "round"
        ? ellipse(0, cy, (r - k) * squeeze, glassH / 2 - k, fill)
        : rect((-r + k) * squeeze, -h + k, (w - 2 * k) * squeeze, glassH - 2 * k, shape === "arch" ? r : 12, fill);
    const foot =
      stand &&
      group([
        disc(w * 0.3, -22, 22, { hex, surface: "metal" }),
        rect(-9, -h + glassH - 8, 18, h - glassH - 10, 4, { fill: roundLight(hex) }),
      ]);
    const streaks = clip(pane(16, { fill: "#000" }), [
      turn(rect(-w, cy - 60, w * 2, 44, 0, { fill: alpha("#ffffff", 0.5) }), -52, 0, cy),
      turn(rect(-w, cy + 10, w * 2, 16, 0, { fill: alpha("#ffffff", 0.45) }), -52, 0, cy),
    ]);
    return {
      stance: stand ? "stands" : "hangs",
      feet: [[0, 0, w * 0.28]],
      focus: [0, -h + glassH],
      art: group([
        foot,
        squeeze < 1 && move(pane(0, { fill: shade(metal, 0.35) }), 22, 0),
        pane(0, { fill: metalPlane(hex, 40) }),
        pane(15, { fill: REFLECTION }),
        streaks,
      ]),
    };
  },
};

export const clock: Kind<"clock"> = {
  heightCm: ({ height }) => height / 42,
  poses: ["angle"],
  draw({ case: form, feet, width: w, height: h, accent }, { hex, pose }) {
    const r = Math.min(w, h) / 2;
    const cy = feet ? -h + r : -r;
    const angle = pose === "angle";
    const squeeze = angle ? 0.78 : 1;
    const shell = (k: number, dx: number, fill: Parameters<typeof rect>[5]): Art =>
      form === "round"
        ? ellipse(dx, cy, r * k * squeeze, r * k, fill)
        : rect(-r * k * squeeze + dx, cy - r * k, 2 * r * k * squeeze, 2 * r * k, 36, fill);
    const ticks = Array.from({ length: 12 }, (_, n) =>
      turn(
        rect(-(n % 3 ? 3 : 5), cy - r * 0.74, n % 3 ? 6 : 10, r * (n % 3 ? 0.07 : 0.12), 3, { fill: "#3a3a3a" }),
        n * 30,
        0,
        cy,
      ),
    );
    const hand = (length: number, width: number, degrees: number, tone: string) =>
      turn(rect(-width / 2, cy - r * length, width, r * (length + 0.1), width / 2, { fill: tone }), degrees, 0, cy);
    const dial = group([
      circle(0, cy, r * 0.84, {
        fill: radialGradient(
          [
            [0, "#fffdf7"],
            [1, "#ece4d2"],
          ],
          0.4,
          0.35,
          0.7,
        ),
      }),
      ...ticks,
      hand(0.42, 16, 305, "#333333"),
      hand(0.62, 11, 60, "#333333"),
      hand(0.66, 5, 200, hexOf(accent)),
      circle(0, cy, 15, { fill: hexOf(accent) }),
    ]);
    const legs =
      feet &&
      group([-1, 1].map((side) => leg([side * r * 0.5, cy + r * 0.8], [side * r * 0.7, 0], 40, 24, shade(hex, 0.12))));
    const squeezed: Art = angle ? { ...group([dial]), attributes: { transform: `scale(${squeeze} 1)` } } : dial;
    return {
      stance: feet ? "stands" : "hangs",
      feet: [
        [-r * 0.7, 0, 30],
        [r * 0.7, 0, 30],
      ],
      art: group([
        legs,
        angle && shell(1, 80, { fill: shade(hex, 0.3) }),
        angle && shell(1, 44, { fill: shade(hex, 0.18) }),
        shell(1, 0, { fill: roundLight(hex, 0.3) }),
        stuffOf(hex) === "wood" && shell(1, 0, { fill: grainTexture(hex, "clock", 0) }),
        shell(0.87, 0, { fill: shade(hex, 0.32) }),
        squeezed,
        line(
          `M${-r * 0.5 * squeeze} ${cy - r * 0.5}C${-r * 0.3 * squeeze} ${cy - r * 0.72} ${-r * 0.1 * squeeze} ${cy - r * 0.76} 0 ${cy - r * 0.77}`,
          alpha("#ffffff", 0.6),
          10,
        ),
      ]),
    };
  },
};
