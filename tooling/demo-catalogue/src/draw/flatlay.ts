import type { Scene } from "../views.ts";
import { centred, type Paper, withDropShadow } from "./backdrop.ts";
import { alpha, shade, tint } from "./colour.ts";
import { linearGradient } from "./light.ts";
import { planOf } from "./plans.ts";
import { planks, tiles, windowLight } from "./props.ts";
import { type Art, circle, group, grow, line, move, path, rect, turn } from "./svg.ts";
import { weaveTexture } from "./textures.ts";

const leafSprig = (x: number, y: number, degrees: number, hex = "#6b9450"): Art =>
  move(
    turn(
      group([
        line("M0 0Q20 -90 0 -190", shade(hex, 0.2), 5),
        ...[-30, -70, -110, -150].flatMap((at, n) =>
          [1, -1].map((side) =>
            turn(
              path(
                `M4 ${at}C${side * 30} ${at - 40} ${side * 70} ${at - 40} ${side * 84} ${at - 10}C${side * 60} ${at + 20} ${side * 26} ${at + 18} 4 ${at}Z`,
                { fill: n % 2 ? hex : tint(hex, 0.2) },
              ),
              side * -12,
              4,
              at,
            ),
          ),
        ),
      ]),
      degrees,
    ),
    x,
    y,
  );

const cloth = (x: number, y: number, size: number, hex: string, degrees: number): Art =>
  turn(
    group([
      rect(x, y, size, size, 6, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.3)],
            [1, shade(hex, 0.1)],
          ],
          50,
        ),
      }),
      rect(x + 14, y + 14, size - 28, size - 28, 3, { stroke: alpha("#ffffff", 0.6), width: 4 }),
      line(`M${x + size / 2} ${y}L${x + size / 2} ${y + size}`, alpha(shade(hex, 0.4), 0.25), 6),
    ]),
    degrees,
    x + size / 2,
    y + size / 2,
  );

const cup = (hex: string): Art => planOf(120, { hex, surface: "matte" }, "coffee").art;
const plate = (hex: string): Art => planOf(230, { hex, surface: "speckled" }, "plate").art;

/** What lies around a thing on each kind of surface, most of it cut by the frame. */
const SURFACES: Partial<Record<Scene, (paper: Paper) => Art[]>> = {
  table: () => [
    planks(0, 0, 1000, 1000, 6, "#bd8f62"),
    shadow(cloth(-90, 610, 400, "#dfe3dc", 12)),
    shadow(move(plate("#f1ece2"), 930, 90)),
    shadow(leafSprig(120, 300, 38)),
  ],
  counter: () => [
    planks(0, 0, 1000, 1000, 5, "#d2aa78"),
    shadow(
      turn(
        rect(-120, -160, 420, 380, 30, {
          fill: linearGradient(
            [
              [0, "#a97b4f"],
              [1, "#7c5238"],
            ],
            40,
          ),
        }),
        -14,
      ),
    ),
    ...[
      [90, 90],
      [170, 140],
      [96, 186],
    ].map(([x = 0, y = 0]) =>
      shadow(
        circle(x, y, 44, {
          fill: linearGradient(
            [
              [0, "#e8705a"],
              [1, "#b8402e"],
            ],
            50,
          ),
        }),
      ),
    ),
    shadow(leafSprig(920, 960, -30)),
    shadow(cloth(760, -150, 340, "#5f8fae", 18)),
  ],
  desk: () => [
    planks(0, 0, 1000, 1000, 5, "#cfa877"),
    shadow(move(cup("#c8704a"), 880, 130)),
    shadow(
      turn(
        rect(-130, 640, 360, 480, 12, {
          fill: linearGradient(
            [
              [0, "#3c5a6c"],
              [1, "#29385a"],
            ],
            50,
          ),
        }),
        10,
        0,
        800,
      ),
    ),
    shadow(leafSprig(90, 230, 52, "#87a85e")),
    shadow(
      turn(
        rect(880, 760, 22, 330, 6, {
          fill: linearGradient([
            [0, "#efc56a"],
            [1, "#c9922b"],
          ]),
        }),
        16,
        890,
        900,
      ),
    ),
  ],
  basin: (paper) => [
    rect(0, 0, 1000, 1000, 0, {
      fill: linearGradient(
        [
          [0, "#f7f5f0"],
          [1, "#dcd8ce"],
        ],
        50,
      ),
    }),
    tiles(0, 0, 1000, 170, 86, tint(paper.wall, 0.3)),
    rect(0, 164, 1000, 16, 0, { fill: alpha("#3a2c20", 0.14) }),
    shadow(cloth(-120, 640, 420, "#a9c8dc", 8)),
    shadow(leafSprig(930, 930, -42)),
    shadow(
      turn(
        rect(790, 240, 190, 120, 44, {
          fill: linearGradient(
            [
              [0, "#fbf3d8"],
              [1, "#e5cf98"],
            ],
            60,
          ),
        }),
        16,
        880,
        300,
      ),
    ),
  ],
  meadow: () => [
    rect(0, 0, 1000, 1000, 0, {
      fill: linearGradient(
        [
          [0, "#9dbd72"],
          [1, "#6b9450"],
        ],
        50,
      ),
    }),
    ...Array.from({ length: 26 }, (_, n) =>
      circle((n * 173) % 1000, (n * 311) % 1000, 11, { fill: n % 3 ? "#fffaf0" : "#f1d98b" }),
    ),
    shadow(
      turn(
        group([
          rect(110, 90, 780, 830, 8, { fill: "#f1ece2" }),
          rect(110, 90, 780, 830, 8, { fill: weaveTexture("check", "#f1ece2", "#c8704a", 1.7) }),
        ]),
        -5,
        500,
        500,
      ),
    ),
    shadow(
      circle(850, 190, 62, {
        fill: linearGradient(
          [
            [0, "#e8705a"],
            [1, "#b8402e"],
          ],
          50,
        ),
      }),
    ),
    shadow(leafSprig(120, 930, 24)),
  ],
  patio: () => [
    tiles(0, 0, 1000, 1000, 250, "#cda78b", false),
    shadow(move(planOf(190, { hex: "#c8704a", surface: "matte" }, "bowl", []).art, 940, 60)),
    shadow(leafSprig(980, 250, 200)),
    shadow(leafSprig(60, 960, 30)),
    shadow(leafSprig(180, 1010, 54, "#87a85e")),
    ...[
      [120, 120],
      [170, 90],
      [96, 178],
      [210, 160],
    ].map(([x = 0, y = 0]) => circle(x, y, 11, { fill: "#7c5a3a" })),
  ],
};

const boards = (): Art[] => [
  planks(0, 0, 1000, 1000, 4, "#b98a5e"),
  shadow(cloth(-120, 680, 380, "#e6d9bf", 10)),
  shadow(leafSprig(900, 250, 40)),
];

const shadow = (art: Art): Art => withDropShadow(art, 16, 0.3);

/** A thing lying on a table, counter, desk or terrace, seen from above. */
export function flatLay(scene: Scene, art: Art, paper: Paper): Art {
  const { left, right, top, bottom } = art.box;
  const k = Math.min(640 / (right - left), 640 / (bottom - top));
  return group([
    ...(SURFACES[scene] ?? boards)(paper),
    windowLight(200, -100, 300, 900, 0.2),
    withDropShadow(centred(grow(art, k), 500, 510), 14),
  ]);
}
