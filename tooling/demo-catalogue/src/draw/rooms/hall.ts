import type { Paper } from "../backdrop.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import { planks, windowLight } from "../props.ts";
import { circle, group, line, rect } from "../svg.ts";

import { type Room, wallOf } from "./room.ts";

/** A hallway; without pegs when the thing to show is a row of pegs itself. */
export function hallway(paper: Paper, pegs = true): Room {
  const oak = "#c99d67";
  const peg = (x: number) =>
    group([circle(x + 4, 212, 20, { fill: alpha("#3a2c20", 0.25) }), circle(x, 206, 19, { fill: roundLight(oak) })]);
  return {
    back: group([
      wallOf(paper),
      rect(0, 560, 1000, 220, 0, { fill: tint(paper.edge, 0.06) }),
      ...Array.from({ length: 11 }, (_, n) => line(`M${50 + n * 90} 570L${50 + n * 90} 780`, alpha("#3a2c20", 0.1), 4)),
      rect(0, 552, 1000, 14, 0, { fill: "#f7f0e2" }),
      planks(0, 780, 1000, 220, 5, "#b9916a", true),
      pegs &&
        rect(60, 176, 880, 62, 10, {
          fill: linearGradient(
            [
              [0, tint(oak, 0.2)],
              [1, shade(oak, 0.1)],
            ],
            90,
          ),
        }),
      ...(pegs ? [140, 320, 500, 680, 860].map(peg) : []),
    ]),
    spot: { x: 500, y: 700, tall: 360, wide: 470 },
    hook: { x: 500, y: 196, tall: 520, wide: 400 },
    scale: 10,
  };
}

export function rail(paper: Paper): Room {
  return {
    back: group([
      wallOf(paper),
      windowLight(90, 120, 220, 520, 0.3),
      planks(0, 880, 1000, 120, 3, "#c9a378", true),
      rect(70, 120, 18, 780, 6, { fill: roundLight("#c99d67") }),
      rect(912, 120, 18, 780, 6, { fill: roundLight("#c99d67") }),
      rect(40, 122, 920, 22, 11, {
        fill: linearGradient(
          [
            [0, "#e3c398"],
            [1, "#a97b4f"],
          ],
          90,
        ),
      }),
    ]),
    spot: { x: 500, y: 880, tall: 400, wide: 400 },
    hook: { x: 500, y: 118, tall: 700, wide: 560 },
    scale: 8,
  };
}
