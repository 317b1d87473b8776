import type { Drawing } from "../../drawing-kinds.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import { type Art, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { TILT } from "../turned.ts";

export const GREENS = ["#4f7a4a", "#6b9450", "#87a85e", "#3c6244", "#a3b86f"] as const;

export const green = (n: number): string => GREENS[n % GREENS.length] ?? "#4f7a4a";

export const leaf = (length: number, width: number, hex: string): Art =>
  group([
    path(
      `M0 0C${-width} ${-length * 0.3} ${-width * 0.8} ${-length * 0.8} 0 ${-length}C${width * 0.8} ${-length * 0.8} ${width} ${-length * 0.3} 0 0Z`,
      {
        fill: linearGradient([
          [0, tint(hex, 0.22)],
          [0.5, hex],
          [0.52, shade(hex, 0.12)],
          [1, shade(hex, 0.22)],
        ]),
      },
    ),
    line(`M0 ${-length * 0.06}L0 ${-length * 0.86}`, alpha(tint(hex, 0.5), 0.5), 2),
  ]);

export const at = (art: Art, x: number, y: number, degrees: number): Art => move(turn(art, degrees), x, y);

export function frond(length: number, bend: number, hex: string): Art {
  const leaves = Array.from({ length: 11 }, (_, n) => {
    const t = (n + 1) / 12;
    const x = bend * t * t;
    const y = -length * (t - 0.28 * t * t * (Math.abs(bend) / length));
    const size = length * 0.22 * Math.sin(Math.PI * (0.12 + t * 0.84));
    const lean = (Math.atan2(bend * 2 * t, length) * 180) / Math.PI;
    return group([
      at(leaf(size, size * 0.26, hex), x, y, lean + 62),
      at(leaf(size, size * 0.26, tint(hex, 0.12)), x, y, lean - 62),
    ]);
  });
  return group([
    line(
      `M0 0Q${bend * 0.1} ${-length * 0.5} ${bend} ${-length * (1 - (0.28 * Math.abs(bend)) / length)}`,
      shade(hex, 0.2),
      5,
    ),
    ...leaves,
  ]);
}

export type Plant = Drawing<"planter">["plant"];

export const thornAt = (x: number, y: number): string => `M${x} ${y}L${x + 5} ${y - 6}`;

export const cactusBody = (x: number, r: number, h: number, hex: string): Art =>
  group([
    rect(x - r, -h, r * 2, h + 10, r, { fill: roundLight(hex) }),
    ...[-0.5, -0.15, 0.2, 0.55].map((k) =>
      line(`M${x + r * k} ${-h + r * 0.5}L${x + r * k} 4`, alpha(shade(hex, 0.5), 0.3), 4),
    ),
    ...Array.from({ length: 12 }, (_, n) =>
      line(thornAt(x + r * (((n * 7) % 9) / 5 - 0.8), -h * (0.12 + (n / 14) * 0.9)), "#f1ecd2", 3),
    ),
  ]);

export const soil = (r: number, y: number): Art =>
  ellipse(0, y + r * TILT * 0.14, r * 0.9, r * TILT * 0.86, {
    fill: linearGradient(
      [
        [0, "#3d2c20"],
        [1, "#6a4e38"],
      ],
      30,
    ),
  });
