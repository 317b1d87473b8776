import type { Drawing } from "../drawing-kinds.ts";
import type { Scene } from "../views.ts";
import type { Paper } from "./backdrop.ts";
import { alpha, lch, shade, tint } from "./colour.ts";
import { linearGradient, metalLight, radialGradient, roundLight } from "./light.ts";
import { meadow, patio, platform, softShade } from "./outside.ts";
import { planks, print, prop, tiles, window, windowLight } from "./props.ts";
import { type Art, circle, ellipse, group, line, path, rect } from "./svg.ts";

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

const wallOf = ({ bright, wall, edge }: Paper): Art =>
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
const HERBS: Drawing = {
  kind: "planter",
  profile: "tapered",
  surface: "matte",
  under: "saucer",
  plant: "herbs",
  width: 480,
  height: 380,
};

/** Books lying in a pile, the lowest first. */
const bookPile = (x: number, y: number, k: number, tones: readonly string[]): Art =>
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

function sideboard(paper: Paper): Room {
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

function livingroom(paper: Paper): Room {
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

function ceiling(paper: Paper): Room {
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

function sofa(paper: Paper): Room {
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

function table(paper: Paper): Room {
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

function counter(paper: Paper): Room {
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

function basin(paper: Paper): Room {
  const stone = "#ece8e0";
  return {
    back: group([
      tiles(0, 0, 1000, 700, 92, lch(0.9, 0.02, 3.4), false),
      rect(0, 0, 1000, 700, 0, { fill: alpha(paper.wall, 0.25) }),
      circle(760, 250, 176, { fill: metalLight("#c9a35a") }),
      circle(760, 250, 164, {
        fill: linearGradient(
          [
            [0, "#e4edef"],
            [0.5, "#f9fcfc"],
            [1, "#c4d4d8"],
          ],
          50,
        ),
      }),
      rect(0, 690, 1000, 70, 0, {
        fill: linearGradient(
          [
            [0, tint(stone, 0.4)],
            [1, stone],
          ],
          90,
        ),
      }),
      rect(0, 756, 1000, 30, 0, { fill: shade(stone, 0.16) }),
      rect(0, 786, 1000, 214, 0, {
        fill: linearGradient(
          [
            [0, "#a97b52"],
            [1, "#c39a6b"],
          ],
          90,
        ),
      }),
      line("M500 800L500 1000", alpha("#3a2c20", 0.3), 4),
      path("M560 604C566 700 620 732 760 732C900 732 954 700 960 604Z", { fill: roundLight("#fbfaf6", 0.2) }),
      ellipse(760, 604, 200, 26, {
        fill: linearGradient(
          [
            [0, "#cfcac0"],
            [1, "#f4f1ea"],
          ],
          30,
        ),
        stroke: "#ffffff",
        width: 6,
      }),
      path("M748 590L748 470C748 420 850 420 846 500L826 500C826 448 772 450 772 480L772 590Z", {
        fill: metalLight("#c9a35a"),
      }),
    ]),
    spot: { x: 300, y: 736, tall: 460, wide: 420 },
    hook: { x: 290, y: 90, tall: 560, wide: 420 },
    scale: 15,
  };
}

function desk(paper: Paper): Room {
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

function playroom(paper: Paper): Room {
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

function rail(paper: Paper): Room {
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

/** The bathroom's floor, for mats and laundry. */
export function bathFloor(paper: Paper): Room {
  return {
    back: group([
      tiles(0, 0, 1000, 560, 92, lch(0.9, 0.02, 3.4), false),
      rect(0, 0, 1000, 560, 0, { fill: alpha(paper.wall, 0.25) }),
      tiles(0, 560, 1000, 440, 150, "#e3ded4", false),
      rect(0, 552, 1000, 22, 0, {
        fill: linearGradient(
          [
            [0, "#fbfaf6"],
            [1, "#d8d3c8"],
          ],
          90,
        ),
      }),
      ellipse(520, 716, 430, 26, { fill: alpha("#3a2c20", 0.22) }),
      path("M110 420L930 420C930 620 890 704 780 704L260 704C150 704 110 620 110 420Z", {
        fill: roundLight("#fbfaf6", 0.2),
      }),
      rect(86, 396, 868, 40, 20, {
        fill: linearGradient(
          [
            [0, "#ffffff"],
            [1, "#d9d4c9"],
          ],
          90,
        ),
      }),
      path("M780 400L780 250C780 200 690 200 690 250L690 276L708 276L708 256C708 226 760 226 760 256L760 400Z", {
        fill: metalLight("#c9a35a"),
      }),
      prop(
        { kind: "textile", form: "stack", weave: "plain", fringe: false, width: 440, height: 200, accent: "chalk" },
        "lake",
        9,
        250,
        398,
      ),
    ]),
    spot: { x: 500, y: 900, tall: 480, wide: 640 },
    hook: { x: 300, y: 90, tall: 500, wide: 400 },
    scale: 9,
  };
}

const ROOMS: Record<Scene, (paper: Paper) => Room> = {
  sideboard,
  livingroom,
  ceiling,
  sofa,
  table,
  counter,
  basin,
  desk,
  meadow,
  platform,
  patio,
  playroom,
  rail,
  hallway,
};

export const roomOf = (scene: Scene, paper: Paper): Room => {
  return shaded(ROOMS[scene](paper));
};

/** The room with its corners a little darker. */
export function shaded(room: Room): Room {
  return { ...room, back: group([room.back, softShade]) };
}
