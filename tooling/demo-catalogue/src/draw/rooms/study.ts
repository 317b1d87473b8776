import type { Paper } from "../backdrop.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient } from "../light.ts";
import { planks, prop, window, windowLight } from "../props.ts";
import { ellipse, group, line, path, rect } from "../svg.ts";

import { bookPile, type Room, wallOf } from "./room.ts";

export function desk(paper: Paper): Room {
  return {
    back: group([
      wallOf(paper),
      window(560, 50, 350, 430),
      planks(0, 640, 1000, 150, 2, "#cfa877"),
      rect(0, 786, 1000, 26, 0, { fill: shade("#cfa877", 0.26) }),
      rect(0, 812, 1000, 188, 0, {
        fill: linearGradient(
          [
            [0, shade(paper.edge, 0.16)],
            [1, paper.edge],
          ],
          90,
        ),
      }),
      windowLight(480, 660, 200, 110, 0.3),
      bookPile(170, 690, 1.1, ["#2f5646", "#dfa23c", "#f1ece2", "#c8704a"]),
      prop(
        { kind: "mug", handle: "none", surface: "banded", contents: "pens", width: 380, height: 440, accent: "cobalt" },
        "chalk",
        15,
        880,
        700,
      ),
      prop(
        {
          kind: "planter",
          profile: "belly",
          surface: "matte",
          under: "none",
          plant: "trailing",
          width: 380,
          height: 280,
        },
        "blush",
        6,
        170,
        560,
      ),
    ]),
    spot: { x: 500, y: 752, tall: 470, wide: 540 },
    hook: { x: 320, y: 100, tall: 420, wide: 420 },
    scale: 13,
  };
}

export function playroom(paper: Paper): Room {
  const flags = ["#c8704a", "#dfa23c", "#5f8fae", "#a9b797", "#e8bfb0"];
  return {
    back: group([
      wallOf(paper),
      line("M0 90Q500 260 1000 90", "#b59a6a", 5),
      ...Array.from({ length: 13 }, (_, n) => {
        const x = 40 + n * 77;
        const y = 92 + 0.00034 * x * (1000 - x);
        return path(`M${x - 26} ${y}L${x + 26} ${y}L${x} ${y + 56}Z`, { fill: flags[n % 5] });
      }),
      window(720, 210, 190, 240),
      rect(0, 640, 1000, 20, 0, { fill: "#f7f0e2" }),
      planks(0, 658, 1000, 342, 6, "#d9b98c", true),
      ellipse(500, 850, 440, 110, {
        fill: linearGradient(
          [
            [0, tint("#a9b797", 0.4)],
            [1, "#a9b797"],
          ],
          90,
        ),
      }),
      ellipse(500, 848, 408, 98, { stroke: alpha("#ffffff", 0.5), width: 10, dash: "30 16" }),
      prop({ kind: "stacker", form: "rings", count: 5, width: 420, height: 520, accent: "honey" }, "lake", 9, 130, 740),
      prop(
        { kind: "blocks", shape: "cubes", count: 3, width: 520, height: 300, accent: "apricot" },
        "mint",
        10,
        880,
        764,
      ),
    ]),
    spot: { x: 500, y: 872, tall: 520, wide: 620 },
    hook: { x: 320, y: 260, tall: 360, wide: 360 },
    scale: 10,
  };
}
