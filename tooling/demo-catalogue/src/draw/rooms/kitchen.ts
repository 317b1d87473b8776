import type { Drawing } from "../../drawing-kinds.ts";
import type { Paper } from "../backdrop.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient } from "../light.ts";
import { planks, prop, tiles, window, windowLight } from "../props.ts";
import { group, line, path, rect } from "../svg.ts";

import { type Room, wallOf } from "./room.ts";

const HERBS: Drawing = {
  kind: "planter",
  profile: "tapered",
  surface: "matte",
  under: "saucer",
  plant: "herbs",
  width: 480,
  height: 380,
};

export function table(paper: Paper): Room {
  return {
    back: group([
      wallOf(paper),
      window(620, 60, 260, 380),
      planks(0, 600, 1000, 400, 7, "#bd8f62", true),
      windowLight(560, 640, 240, 240, 0.24),
      prop(
        { kind: "plate", rim: "coupe", surface: "speckled", count: 2, width: 560, height: 140, accent: "oat" },
        "chalk",
        20,
        170,
        745,
      ),
      prop(
        { kind: "glass", profile: "tumbler", surface: "plain", count: 1, width: 260, height: 330 },
        "clear",
        17,
        835,
        716,
      ),
      prop(
        { kind: "vase", profile: "flared", surface: "matte", count: 1, width: 220, height: 380 },
        "sage",
        12,
        330,
        652,
      ),
    ]),
    front: group([
      path("M0 930C140 890 260 905 330 960L360 1000L0 1000Z", {
        fill: linearGradient(
          [
            [0, "#e9e2d2"],
            [1, "#cfc4ae"],
          ],
          40,
        ),
      }),
      line("M0 954C130 916 240 926 320 990", alpha("#8f8368", 0.4), 3),
    ]),
    spot: { x: 530, y: 800, tall: 470, wide: 480 },
    hook: { x: 500, y: 120, tall: 420, wide: 420 },
    scale: 17,
  };
}

export function counter(paper: Paper): Room {
  const wood = "#c99d67";
  return {
    back: group([
      rect(0, 0, 1000, 1000, 0, { fill: paper.wall }),
      tiles(0, 150, 1000, 520, 74, tint(paper.bright, 0.4)),
      rect(0, 128, 1000, 26, 0, {
        fill: linearGradient(
          [
            [0, tint(wood, 0.3)],
            [1, shade(wood, 0.1)],
          ],
          90,
        ),
      }),
      rect(0, 0, 1000, 128, 0, { fill: paper.bright }),
      prop(
        { kind: "jar", lid: "flat", surface: "glass", fill: "half", width: 360, height: 500, accent: "ash" },
        "clear",
        6,
        150,
        130,
      ),
      prop(
        { kind: "bowl", profile: "round", surface: "glazed", inside: "empty", width: 460, height: 250, accent: "oat" },
        "lake",
        9,
        330,
        130,
      ),
      prop(
        { kind: "mug", handle: "round", surface: "matte", contents: "none", width: 430, height: 440, accent: "oat" },
        "terracotta",
        9,
        830,
        130,
      ),
      planks(0, 668, 1000, 92, 2, tint(wood, 0.1)),
      rect(0, 756, 1000, 34, 0, {
        fill: linearGradient(
          [
            [0, shade(wood, 0.16)],
            [1, shade(wood, 0.34)],
          ],
          90,
        ),
      }),
      rect(0, 790, 1000, 210, 0, {
        fill: linearGradient(
          [
            [0, shade(paper.edge, 0.1)],
            [1, paper.edge],
          ],
          90,
        ),
      }),
      ...[250, 500, 750].map((x) => line(`M${x} 800L${x} 1000`, alpha("#3a2c20", 0.16), 4)),
      rect(110, 366, 190, 326, 30, {
        fill: linearGradient(
          [
            [0, "#a97b4f"],
            [1, "#7c5238"],
          ],
          30,
        ),
      }),
      prop(HERBS, "terracotta", 9, 855, 706),
    ]),
    spot: { x: 500, y: 734, tall: 440, wide: 520 },
    hook: { x: 500, y: 190, tall: 420, wide: 400 },
    scale: 14,
  };
}
