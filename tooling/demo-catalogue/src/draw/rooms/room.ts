import type { Paper } from "../backdrop.ts";
import { shade, tint } from "../colour.ts";
import { linearGradient, radialGradient } from "../light.ts";
import { type Art, group, rect } from "../svg.ts";

/** A room to put a thing into. */
export interface Room {
  back: Art;
  /** What stands in front of the thing. */
  front?: Art;
  /** Where standing things stand: the middle, the ground, and how tall and wide they may be drawn. */
  spot: { x: number; y: number; tall: number; wide: number };
  /** Where hanging things hang, by their middle top. */
  hook: { x: number; y: number; tall: number; wide: number };
  /** Pixels per centimetre. */
  scale: number;
}

export const wallOf = ({ bright, wall, edge }: Paper): Art =>
  group([
    rect(0, 0, 1000, 1000, 0, {
      fill: radialGradient(
        [
          [0, bright],
          [0.6, wall],
          [1, edge],
        ],
        0.25,
        0.2,
        1,
      ),
    }),
  ]);

/** Books lying in a pile, the lowest first. */
export const bookPile = (x: number, y: number, k: number, tones: readonly string[]): Art =>
  group(
    tones.map((tone, n) =>
      group([
        rect(x - (130 - n * 14) * k + (n % 2) * 12, y - (n + 1) * 30 * k, (260 - n * 28) * k, 29 * k, 4, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.25)],
              [1, shade(tone, 0.16)],
            ],
            90,
          ),
        }),
        rect(x + (100 - n * 14) * k + (n % 2) * 12, y - (n + 1) * 30 * k + 5, 32 * k, 19 * k, 2, { fill: "#f3ead6" }),
      ]),
    ),
  );
