import type { Paper } from "../backdrop.ts";
import { alpha, shade, tint } from "../colour.ts";
import { glow, linearGradient, radialGradient, roundLight } from "../light.ts";
import { prop, tiles } from "../props.ts";
import { type Art, circle, ellipse, ghost, group, line, path, rect, text } from "../svg.ts";
import type { Room } from "./room.ts";

/** The corners of a scene, a little darker. */
export const softShade: Art = ghost(
  rect(0, 0, 1000, 1000, 0, {
    fill: radialGradient(
      [
        [0, alpha("#2a1a10", 0)],
        [0.62, alpha("#2a1a10", 0)],
        [1, alpha("#2a1a10", 0.16)],
      ],
      0.46,
      0.5,
      0.78,
    ),
  }),
);

const hill = (d: string, hex: string): Art =>
  path(d, {
    fill: linearGradient(
      [
        [0, tint(hex, 0.2)],
        [1, hex],
      ],
      90,
    ),
  });

const blades = (y: number, count: number, size: number, hex: string): Art =>
  group([
    line(
      Array.from({ length: count }, (_, n) => {
        const x = (n + ((n * 13) % 7) / 9) * (1000 / count);
        const top = y - size * (0.6 + ((n * 17) % 10) / 16);
        return `M${x.toFixed(0)} ${y + ((n * 29) % 14)}Q${(x + 2).toFixed(0)} ${((y + top) / 2).toFixed(0)} ${(x + ((n % 5) - 2) * 5).toFixed(0)} ${top.toFixed(0)}`;
      }).join(""),
      hex,
      4,
    ),
  ]);

const daisies = (places: readonly (readonly [number, number])[]): Art =>
  group(
    places.map(([x, y], n) =>
      group([
        line(`M${x} ${y}L${x + 2} ${y + 34}`, "#5c7a45", 4),
        circle(x, y, 11, { fill: n % 3 ? "#fffaf0" : "#efc8ba" }),
        circle(x, y, 5, { fill: "#dfa23c" }),
      ]),
    ),
  );

export function meadow(): Room {
  const cloud = (x: number, y: number, k: number) =>
    group([
      ellipse(x, y, 90 * k, 26 * k, { fill: alpha("#ffffff", 0.75) }),
      ellipse(x - 30 * k, y - 18 * k, 44 * k, 30 * k, { fill: alpha("#ffffff", 0.75) }),
      ellipse(x + 26 * k, y - 24 * k, 52 * k, 36 * k, { fill: alpha("#ffffff", 0.75) }),
    ]);
  return {
    back: group([
      rect(0, 0, 1000, 1000, 0, {
        fill: linearGradient(
          [
            [0, "#a9cfe0"],
            [0.4, "#dcebe6"],
            [0.62, "#f7ecd2"],
          ],
          90,
        ),
      }),
      glow(230, 210, 330, 0.8, "#ffeec2"),
      circle(230, 210, 62, { fill: "#fff4d6" }),
      cloud(640, 160, 1.1),
      cloud(880, 270, 0.7),
      hill("M0 520Q180 380 400 490Q620 330 1000 470L1000 1000L0 1000Z", "#a5bfae"),
      hill("M0 590Q260 470 520 570Q760 480 1000 560L1000 1000L0 1000Z", "#8cae8b"),
      ...[70, 120, 880, 930, 975].map((x, n) =>
        path(`M${x} ${590 - (n % 2) * 20}L${x - 26} 660L${x + 26} 660Z`, { fill: shade("#5f8a68", (n % 3) * 0.08) }),
      ),
      hill("M0 660Q300 610 560 650Q800 620 1000 660L1000 1000L0 1000Z", "#86a95f"),
      rect(0, 700, 1000, 300, 0, {
        fill: linearGradient(
          [
            [0, alpha("#86a95f", 0)],
            [1, "#6b9450"],
          ],
          90,
        ),
      }),
      blades(760, 60, 26, alpha("#5f8a48", 0.6)),
      blades(860, 50, 38, alpha("#54803f", 0.6)),
      daisies([
        [110, 780],
        [190, 850],
        [820, 800],
        [900, 870],
        [740, 760],
        [330, 740],
      ]),
    ]),
    front: group([
      blades(1000, 46, 84, "#4f7a3c"),
      daisies([
        [80, 930],
        [250, 952],
        [780, 940],
        [930, 926],
      ]),
    ]),
    spot: { x: 500, y: 868, tall: 520, wide: 660 },
    hook: { x: 500, y: 300, tall: 400, wide: 400 },
    scale: 4.4,
  };
}

export function platform(paper: Paper): Room {
  const green = "#41635a";
  return {
    back: group([
      rect(0, 0, 1000, 1000, 0, {
        fill: linearGradient(
          [
            [0, "#d5e2e6"],
            [1, "#f0e9da"],
          ],
          90,
        ),
      }),
      rect(0, 180, 1000, 420, 0, {
        fill: linearGradient(
          [
            [0, "#c8704a"],
            [1, "#b4603c"],
          ],
          90,
        ),
      }),
      rect(0, 180, 1000, 26, 0, { fill: "#e6d9bf" }),
      ...[70, 330, 590, 850].map((x) =>
        group([
          rect(x, 240, 190, 170, 18, {
            fill: linearGradient(
              [
                [0, "#eaf2f2"],
                [1, "#b9cfd6"],
              ],
              60,
            ),
          }),
          rect(x, 240, 190, 170, 18, { stroke: "#e6d9bf", width: 8 }),
        ]),
      ),
      rect(0, 470, 1000, 22, 0, { fill: "#e6d9bf" }),
      rect(0, 596, 1000, 40, 0, { fill: "#6a645c" }),
      rect(0, 0, 1000, 58, 0, { fill: shade(green, 0.1) }),
      rect(90, 0, 26, 640, 0, { fill: roundLight(green) }),
      rect(690, 58, 6, 50, 0, { fill: "#4a4640" }),
      circle(693, 160, 58, { fill: "#f7f2e6", stroke: "#4a4640", width: 9 }),
      line("M693 160L693 122M693 160L722 172", "#333333", 7),
      rect(250, 84, 220, 62, 8, { fill: "#2f5646" }),
      text(360, 127, 34, "1", "#f7f2e6"),
      tiles(0, 636, 1000, 364, 90, tint(paper.edge, 0.2), false),
      rect(0, 640, 1000, 30, 0, { fill: "#efe3c4" }),
      ...[210, 760].map((x) => rect(x, 780, 26, 150, 4, { fill: "#3a3a3c" })),
      ...[0, 1, 2].map((n) =>
        rect(130, 748 + n * 14, 740, 22 - n * 2, 4, {
          fill: linearGradient(
            [
              [0, tint("#b98a5e", 0.2 - n * 0.08)],
              [1, shade("#b98a5e", 0.12 + n * 0.08)],
            ],
            90,
          ),
        }),
      ),
      ellipse(500, 934, 400, 18, { fill: alpha("#3a2c20", 0.22) }),
    ]),
    spot: { x: 520, y: 764, tall: 470, wide: 520 },
    hook: { x: 500, y: 200, tall: 400, wide: 400 },
    scale: 9,
  };
}

export function patio(): Room {
  const wall = "#ead9c2";
  const pot = (
    plant: "herbs" | "tree" | "fern",
    colour: "terracotta" | "fog" | "oat",
    scale: number,
    x: number,
    y: number,
  ) =>
    prop(
      { kind: "planter", profile: "tapered", surface: "matte", under: "none", plant, width: 440, height: 360 },
      colour,
      scale,
      x,
      y,
    );
  return {
    back: group([
      rect(0, 0, 1000, 1000, 0, {
        fill: linearGradient(
          [
            [0, tint(wall, 0.3)],
            [1, wall],
          ],
          60,
        ),
      }),
      ...Array.from({ length: 18 }, (_, n) =>
        rect(((n * 211) % 960) + 10, ((n * 97) % 560) + 40, 70, 26, 4, { fill: alpha("#c9a98a", 0.22) }),
      ),
      rect(560, 90, 300, 420, 8, { fill: "#4f6f63" }),
      rect(580, 110, 120, 380, 4, {
        fill: linearGradient(
          [
            [0, "#dceaea"],
            [1, "#b4cccf"],
          ],
          60,
        ),
      }),
      rect(720, 110, 120, 380, 4, {
        fill: linearGradient(
          [
            [0, "#dceaea"],
            [1, "#a9c3c7"],
          ],
          60,
        ),
      }),
      line("M580 300L840 300", "#4f6f63", 14, { cap: "butt" }),
      rect(530, 510, 360, 24, 4, { fill: "#d7c4a6" }),
      path("M0 0L360 0L0 420Z", { fill: alpha("#fff6df", 0.35) }),
      tiles(0, 690, 1000, 310, 104, "#c9a084", false),
      rect(0, 684, 1000, 14, 0, { fill: shade(wall, 0.2) }),
      pot("tree", "fog", 11, 130, 762),
      pot("herbs", "terracotta", 7, 880, 752),
      pot("fern", "oat", 7, 300, 730),
    ]),
    spot: { x: 540, y: 868, tall: 470, wide: 560 },
    hook: { x: 330, y: 120, tall: 420, wide: 400 },
    scale: 11,
  };
}
