import type { ColourKey } from "../palette.ts";
import type { ProductEntry } from "../product-entry.ts";
import { shelves } from "../shelves.ts";
import { type Paper, paperOf, withDropShadow } from "./backdrop.ts";
import { alpha, hexOf, shade, tint } from "./colour.ts";
import { drawPiece } from "./kinds.ts";
import { linearGradient, radialGradient, softSpot } from "./light.ts";
import type { Pose } from "./piece.ts";
import { planks, setDown, windowLight } from "./props.ts";
import { type Art, circle, clip, group, grow, move, path, rect, svgDocument } from "./svg.ts";
import { widthOf } from "./views.ts";

/** A product of the shop in a display: its width in pixels, the middle of its feet, and where it is laid or hung. */
export interface Placed {
  slug: string;
  colour?: ColourKey;
  width: number;
  x: number;
  y: number;
  pose?: Pose;
}

const entriesBySlug = new Map(shelves.flatMap((shelf) => shelf.products.map((entry) => [entry.slug, entry] as const)));

function entryOf(slug: string): ProductEntry {
  const entry = entriesBySlug.get(slug);
  if (!entry) throw new Error(`no product ${slug} to put on display`);
  return entry;
}

/** A product set down at its place; what hangs has its top there. */
export function placed({ slug, colour, width, x, y, pose = "front" }: Placed): Art {
  const entry = entryOf(slug);
  const key = colour ?? entry.colours[0];
  if (!key) throw new Error(`${slug} has no colour`);
  const piece = drawPiece(entry.draw, { hex: hexOf(key), pose });
  const k = width / widthOf(piece.art.box);
  if (piece.stance === "stands") return setDown(piece, k, x, y);
  const { left, right, top } = piece.art.box;
  return withDropShadow(move(grow(piece.art, k), x - ((left + right) / 2) * k, y - top * k), 12);
}

const BANNERS: Record<string, { paper: string; table: string; things: Placed[] }> = {
  home: {
    paper: "lighting",
    table: "#b98a5e",
    things: [
      { slug: "osier-basket-pendant", width: 210, x: 210, y: -90, pose: "lit" },
      { slug: "delta-amphora", width: 120, x: 470, y: 476 },
      { slug: "haze-table-lamp", colour: "sage", width: 250, x: 660, y: 486, pose: "lit" },
      { slug: "moor-pillar-candles", width: 190, x: 890, y: 500 },
      { slug: "ripple-ribbed-pot", colour: "navy", width: 190, x: 1080, y: 480 },
    ],
  },
  kitchen: {
    paper: "coffee-and-tea",
    table: "#c99d67",
    things: [
      { slug: "thread-oil-bottle", width: 96, x: 420, y: 470 },
      { slug: "sunday-casserole", colour: "pine", width: 340, x: 640, y: 500 },
      { slug: "pond-teapot", colour: "chalk", width: 230, x: 1060, y: 480 },
      { slug: "morning-mug", colour: "rust", width: 150, x: 890, y: 512 },
      { slug: "kiln-pendant", colour: "mustard", width: 220, x: 190, y: -70, pose: "lit" },
    ],
  },
  bath: {
    paper: "bath-accessories",
    table: "#e6e1d6",
    things: [
      { slug: "cell-waffle-towel", colour: "oat", width: 280, x: 200, y: 60 },
      { slug: "tide-terry-towel", colour: "fog", width: 280, x: 540, y: 496 },
      { slug: "ebb-soap-dispenser", colour: "sage", width: 100, x: 770, y: 486 },
      { slug: "rinse-tooth-cup", colour: "terracotta", width: 110, x: 910, y: 504 },
      { slug: "pebble-mirror", colour: "brass", width: 200, x: 1080, y: 480 },
    ],
  },
  desk: {
    paper: "desk-accessories",
    table: "#cfa877",
    things: [
      { slug: "strata-letter-trays", colour: "sage", width: 240, x: 480, y: 490 },
      { slug: "tern-desk-lamp", colour: "pine", width: 260, x: 740, y: 484 },
      { slug: "minute-desk-clock", colour: "ash", width: 150, x: 960, y: 500 },
      { slug: "quiver-pen-cup", colour: "mustard", width: 110, x: 1110, y: 486 },
      { slug: "ledge-wall-shelf", colour: "oak", width: 290, x: 210, y: 90 },
    ],
  },
  outdoors: {
    paper: "camping",
    table: "#86a95f",
    things: [
      { slug: "lee-dome-tent", colour: "apricot", width: 430, x: 240, y: 424 },
      { slug: "ridge-roll-pack", colour: "moss", width: 210, x: 660, y: 510 },
      { slug: "spring-bottle", colour: "cobalt", width: 72, x: 836, y: 524 },
      { slug: "lookout-camp-chair", colour: "rust", width: 220, x: 1040, y: 490 },
    ],
  },
  garden: {
    paper: "planters",
    table: "#c9a084",
    things: [
      { slug: "swing-hanging-pot", colour: "lagoon", width: 150, x: 200, y: -40 },
      { slug: "courtyard-tree-pot", colour: "fog", width: 190, x: 480, y: 484 },
      { slug: "dew-watering-can", colour: "honey", width: 280, x: 730, y: 510 },
      { slug: "kitchen-garden-pot", width: 200, x: 960, y: 490 },
      { slug: "gallery-planter", colour: "sage", width: 150, x: 1120, y: 470 },
    ],
  },
  kids: {
    paper: "wooden-toys",
    table: "#d9b98c",
    things: [
      { slug: "moonrise-night-light", colour: "butter", width: 170, x: 200, y: 380 },
      { slug: "first-cubes", width: 230, x: 500, y: 506 },
      { slug: "bramwell-bear", colour: "chestnut", width: 220, x: 730, y: 486 },
      { slug: "arc-rainbow", colour: "rust", width: 270, x: 1000, y: 506 },
    ],
  },
  apparel: {
    paper: "basics",
    table: "#c9a378",
    things: [
      { slug: "ballast-tee", colour: "moss", width: 250, x: 190, y: 64 },
      { slug: "regatta-long-sleeve", colour: "chalk", width: 290, x: 480, y: 64 },
      { slug: "workbench-jacket", colour: "cobalt", width: 290, x: 800, y: 64 },
      { slug: "ferryman-scarf", colour: "brick", width: 180, x: 1070, y: 64 },
    ],
  },
};

const tableTop = (y: number, width: number, height: number, hex: string): Art =>
  group([
    planks(0, y, width, height - y, 2, hex),
    rect(0, y, width, 5, 0, { fill: alpha(tint(hex, 0.7), 0.6) }),
    rect(0, y, width, height - y, 0, {
      fill: linearGradient(
        [
          [0, alpha("#2a1a10", 0)],
          [1, alpha("#2a1a10", 0.2)],
        ],
        90,
      ),
    }),
  ]);

export const wall = ({ bright, wall: tone, edge }: Paper, width: number, height: number): Art =>
  rect(0, 0, width, height, 0, {
    fill: radialGradient(
      [
        [0, tint(bright, 0.2)],
        [0.55, tone],
        [1, edge],
      ],
      0.3,
      0.15,
      0.95,
    ),
  });

/** A category's banner as SVG, 1200 × 600 units. */
export function bannerSvg(category: string): string {
  const banner = BANNERS[category];
  if (!banner) throw new Error(`no banner for category ${category}`);
  const paper = paperOf(banner.paper);
  const rail =
    category === "apparel" &&
    group([
      rect(0, 66, 1200, 16, 8, {
        fill: linearGradient(
          [
            [0, "#e3c398"],
            [1, "#a97b4f"],
          ],
          90,
        ),
      }),
    ]);
  const art = group([
    wall(paper, 1200, 600),
    windowLight(760, 20, 200, 380, 0.36),
    category === "outdoors" ? hills() : category !== "apparel" && tableTop(430, 1200, 600, banner.table),
    rail,
    category === "kids" &&
      rect(70, 372, 260, 20, 4, {
        fill: linearGradient(
          [
            [0, "#e3c398"],
            [1, "#a97b4f"],
          ],
          90,
        ),
      }),
    ...banner.things.map(placed),
  ]);
  return svgDocument(clip(rect(0, 0, 1200, 600, 0, { fill: "#000" }), [art]), 1200, 600);
}

const hills = (): Art =>
  group([
    rect(0, 0, 1200, 600, 0, {
      fill: linearGradient(
        [
          [0, "#b5d5e2"],
          [0.6, "#f4ead4"],
        ],
        90,
      ),
    }),
    softSpot(930, 130, 260, 260, 0.9, "#fff0c8"),
    circle(930, 130, 46, { fill: "#fff6dc" }),
    path("M0 330Q200 190 420 300Q640 150 880 290Q1040 220 1200 280L1200 600L0 600Z", { fill: "#a9c2b4" }),
    path("M0 380Q260 270 520 360Q820 250 1200 350L1200 600L0 600Z", { fill: "#8fb08d" }),
    ...[40, 78, 1090, 1132, 1170].map((x, n) =>
      path(`M${x} ${300 - (n % 2) * 18}L${x - 24} 396L${x + 24} 396Z`, { fill: shade("#5f8a68", (n % 3) * 0.08) }),
    ),
    path("M0 404Q300 360 620 396Q900 372 1200 400L1200 600L0 600Z", {
      fill: linearGradient(
        [
          [0, "#93b46c"],
          [1, "#6b9450"],
        ],
        90,
      ),
    }),
    ...Array.from({ length: 22 }, (_, n) =>
      circle((n * 271) % 1200, 440 + ((n * 97) % 150), 6, { fill: n % 3 ? "#fffaf0" : "#f1d98b" }),
    ),
  ]);

/** The categories that have a banner. */
export const bannerCategories = Object.keys(BANNERS);
