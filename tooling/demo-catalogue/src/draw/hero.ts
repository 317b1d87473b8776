import { paperOf } from "./backdrop.ts";
import { alpha, shade, tint } from "./colour.ts";
import { type Placed, placed, wall } from "./displays.ts";
import { linearGradient } from "./light.ts";
import { planks, print, windowLight } from "./props.ts";
import { type Art, circle, clip, group, line, rect, svgDocument } from "./svg.ts";

const WOOD = "#b98a5e";

const shelfBoard = (x: number, y: number, width: number): Art =>
  group([
    rect(x + 10, y + 22, width, 26, 4, { fill: alpha("#3a2c20", 0.16) }),
    planks(x, y - 14, width, 14, 1, tint(WOOD, 0.3)),
    rect(x, y, width, 24, 3, {
      fill: linearGradient(
        [
          [0, WOOD],
          [1, shade(WOOD, 0.25)],
        ],
        90,
      ),
    }),
  ]);

const table = (y: number, width: number, height: number): Art =>
  group([
    planks(0, y, width, 100, 2, tint(WOOD, 0.12)),
    rect(0, y, width, 4, 0, { fill: alpha("#ffe9c4", 0.5) }),
    rect(0, y + 98, width, height - y - 98, 0, {
      fill: linearGradient(
        [
          [0, shade(WOOD, 0.34)],
          [1, shade(WOOD, 0.2)],
        ],
        90,
      ),
    }),
  ]);

/** The page's text card covers the lower left, so the wall above it and the right half carry the picture. */
const WIDE: Placed[] = [
  { slug: "kiln-pendant", colour: "pine", width: 250, x: 930, y: -60, pose: "lit" },
  { slug: "fold-steel-bookends", width: 230, x: 236, y: 300 },
  { slug: "sill-bottle-vase", colour: "rust", width: 74, x: 404, y: 300 },
  { slug: "moor-pillar-candles", width: 120, x: 506, y: 302 },
  { slug: "ripple-ribbed-pot", colour: "mint", width: 140, x: 640, y: 300 },
  { slug: "orla-linen-lamp", colour: "oat", width: 250, x: 1060, y: 762, pose: "lit" },
  { slug: "pollen-vase", colour: "sage", width: 190, x: 1300, y: 752 },
  { slug: "stork-kettle", colour: "copper", width: 200, x: 780, y: 778 },
  { slug: "kitchen-garden-pot", width: 190, x: 1480, y: 764 },
  { slug: "feast-serving-bowl", colour: "lagoon", width: 250, x: 1210, y: 806 },
  { slug: "morning-mug", colour: "rust", width: 112, x: 930, y: 804 },
  { slug: "morning-mug", colour: "oat", width: 112, x: 1400, y: 812 },
];

const TALL: Placed[] = [
  { slug: "kiln-pendant", colour: "pine", width: 230, x: 190, y: -70, pose: "lit" },
  { slug: "haze-table-lamp", colour: "terracotta", width: 230, x: 420, y: 560, pose: "lit" },
  { slug: "pollen-vase", colour: "sage", width: 170, x: 640, y: 550 },
  { slug: "stork-kettle", colour: "copper", width: 190, x: 180, y: 574 },
  { slug: "morning-mug", colour: "oat", width: 100, x: 320, y: 596 },
  { slug: "feast-serving-bowl", colour: "lagoon", width: 190, x: 560, y: 604 },
];

/** The home page's picture as SVG: 1600 × 900 for wide screens, 800 × 1000 for phones. */
export function heroSvg(shape: "wide" | "tall"): string {
  const wide = shape === "wide";
  const [width, height] = wide ? [1600, 900] : [800, 1000];
  const art = group([
    wall(paperOf("lighting"), width, height),
    wide ? windowLight(1180, 40, 250, 560, 0.42) : windowLight(470, 40, 200, 420, 0.42),
    wide && print(1180, 120, 240, 310, "#8fa58c"),
    wide && print(1440, 180, 120, 156, "#c8704a"),
    !wide && print(560, 110, 150, 196, "#8fa58c"),
    wide && shelfBoard(90, 296, 660),
    wide &&
      group(
        [150, 690].map((x) =>
          group([line(`M${x} 320L${x} 356`, "#7c5238", 8), circle(x, 356, 4, { fill: "#7c5238" })]),
        ),
      ),
    table(wide ? 716 : 516, width, height),
    !wide &&
      group(
        [60, 420].map((x) =>
          rect(x, 650, 320, 330, 6, {
            fill: linearGradient(
              [
                [0, shade(WOOD, 0.12)],
                [1, shade(WOOD, 0.24)],
              ],
              50,
            ),
          }),
        ),
      ),
    ...(wide ? WIDE : TALL).map(placed),
  ]);
  return svgDocument(clip(rect(0, 0, width, height, 0, { fill: "#000" }), [art]), width, height);
}

/** The shop's mark, a signpost: the same as the storefront's logo. */
export const LOGO_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="512" height="512"><rect width="32" height="32" rx="6" fill="#1f5243"/><path d="M7 10h18M16 10v14M11 24h10" stroke="#fbf7ee" stroke-width="2.6" stroke-linecap="round" fill="none"/><circle cx="16" cy="10" r="2.6" fill="#dfa23c"/></svg>`;
