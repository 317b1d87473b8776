import type { Drawing } from "../../drawing-kinds.ts";
import type { Paper } from "../backdrop.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import { planks, print, prop, window, windowLight } from "../props.ts";
import { type Art, circle, ellipse, group, line, path, rect } from "../svg.ts";

import { bookPile, type Room, wallOf } from "./room.ts";

const VASE: Drawing = { kind: "vase", profile: "belly", surface: "speckled", count: 1, width: 480, height: 520 };

const FERN: Drawing = {
  kind: "planter",
  profile: "cylinder",
  surface: "glazed",
  under: "legs",
  plant: "fern",
  width: 460,
  height: 340,
};

export function sideboard(paper: Paper): Room {
  const wood = "#b98a5e";
  const door = (x: number) =>
    group([
      rect(x, 772, 300, 250, 6, {
        fill: linearGradient(
          [
            [0, tint(wood, 0.16)],
            [1, shade(wood, 0.14)],
          ],
          40,
        ),
      }),
      circle(x + 270, 880, 11, { fill: metalLight("#c9a35a") }),
    ]);
  return {
    back: group([
      wallOf(paper),
      windowLight(120, 80, 220, 420, 0.34),
      print(690, 110, 230, 300, "#8fa58c"),
      rect(0, 700, 1000, 300, 0, { fill: shade(wood, 0.2) }),
      planks(0, 690, 1000, 62, 1, tint(wood, 0.12)),
      rect(0, 748, 1000, 14, 0, { fill: shade(wood, 0.3) }),
      door(30),
      door(350),
      door(670),
      bookPile(190, 712, 1, ["#5f8fae", "#c8704a", "#f1ece2"]),
      prop(VASE, "oat", 11, 800, 716),
    ]),
    spot: { x: 490, y: 728, tall: 560, wide: 430 },
    hook: { x: 490, y: 120, tall: 460, wide: 460 },
    scale: 12.5,
  };
}

export function livingroom(paper: Paper): Room {
  return {
    back: group([
      wallOf(paper),
      window(80, 90, 230, 330),
      print(760, 150, 150, 200, "#c8704a"),
      rect(0, 704, 1000, 20, 0, {
        fill: linearGradient(
          [
            [0, "#fbf7ee"],
            [1, "#ddd3c0"],
          ],
          90,
        ),
      }),
      planks(0, 722, 1000, 278, 6, "#c9a378", true),
      ellipse(500, 868, 420, 74, {
        fill: linearGradient(
          [
            [0, "#efe6d2"],
            [1, "#d9cbb0"],
          ],
          90,
        ),
      }),
      ellipse(500, 866, 400, 68, { stroke: "#c8b48f", width: 6 }),
      prop(FERN, "snow", 8.5, 880, 806),
    ]),
    spot: { x: 480, y: 868, tall: 600, wide: 540 },
    hook: { x: 500, y: 60, tall: 520, wide: 420 },
    scale: 3.9,
  };
}

export function ceiling(paper: Paper): Room {
  const table = "#b98a5e";
  const chair = (x: number, turned: boolean): Art =>
    prop(
      { kind: "chair", back: turned ? "ladder" : "spindles", width: 440, height: 760, accent: "flax" },
      "oak",
      4.6,
      x,
      950,
    );
  return {
    back: group([
      wallOf(paper),
      print(90, 190, 170, 220, "#5f8fae"),
      window(760, 130, 190, 290),
      rect(0, 850, 1000, 150, 0, {
        fill: linearGradient(
          [
            [0, "#c9a378"],
            [1, "#dcbd93"],
          ],
          90,
        ),
      }),
      chair(250, true),
      chair(750, false),
    ]),
    front: group([
      path("M120 776L880 776L940 816L60 816Z", {
        fill: linearGradient(
          [
            [0, tint(table, 0.3)],
            [1, tint(table, 0.08)],
          ],
          90,
        ),
      }),
      rect(60, 814, 880, 30, 4, {
        fill: linearGradient(
          [
            [0, table],
            [1, shade(table, 0.24)],
          ],
          90,
        ),
      }),
      rect(120, 842, 34, 158, 2, { fill: roundLight(shade(table, 0.1)) }),
      rect(846, 842, 34, 158, 2, { fill: roundLight(shade(table, 0.1)) }),
      prop(
        { kind: "bowl", profile: "wide", surface: "glazed", inside: "empty", width: 560, height: 180, accent: "oat" },
        "lagoon",
        9,
        500,
        802,
      ),
      prop(
        { kind: "plate", rim: "coupe", surface: "matte", count: 1, width: 520, height: 100, accent: "oat" },
        "snow",
        12,
        250,
        806,
      ),
      prop(
        { kind: "plate", rim: "coupe", surface: "matte", count: 1, width: 520, height: 100, accent: "oat" },
        "snow",
        12,
        750,
        806,
      ),
    ]),
    spot: { x: 500, y: 796, tall: 400, wide: 400 },
    hook: { x: 500, y: -40, tall: 640, wide: 420 },
    scale: 12,
  };
}

export function sofa(paper: Paper): Room {
  const tone = "#8b9a8c";
  const cushionShape = (x: number, w: number) =>
    rect(x, 330, w, 330, 46, {
      fill: linearGradient(
        [
          [0, tint(tone, 0.24)],
          [0.5, tone],
          [1, shade(tone, 0.14)],
        ],
        60,
      ),
    });
  return {
    back: group([
      wallOf(paper),
      print(380, 40, 220, 200, "#dfa23c"),
      windowLight(60, 40, 160, 240, 0.3),
      planks(0, 860, 1000, 140, 3, "#c9a378", true),
      rect(90, 810, 40, 70, 6, { fill: "#7c5238" }),
      rect(870, 810, 40, 70, 6, { fill: "#7c5238" }),
      cushionShape(80, 424),
      cushionShape(498, 424),
      rect(30, 420, 130, 410, 60, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.2)],
            [1, shade(tone, 0.2)],
          ],
          20,
        ),
      }),
      rect(840, 420, 130, 410, 60, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.1)],
            [1, shade(tone, 0.3)],
          ],
          20,
        ),
      }),
      rect(110, 640, 780, 190, 34, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.3)],
            [0.3, tone],
            [1, shade(tone, 0.26)],
          ],
          90,
        ),
      }),
      line("M500 650L500 820", alpha(shade(tone, 0.5), 0.4), 5),
    ]),
    spot: { x: 470, y: 706, tall: 340, wide: 440 },
    hook: { x: 470, y: 200, tall: 400, wide: 400 },
    scale: 8,
  };
}
