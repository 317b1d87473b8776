import type { Weave } from "../drawing-kinds.ts";
import { seededRandom } from "../stable.ts";
import { alpha, contrast, lightnessOf, shade, tint } from "./colour.ts";
import { curve } from "./curves.ts";
import { type Art, circle, type Element, element, ellipse, line, path, rect } from "./svg.ts";

const DARK = "#2a1d12";
const BRIGHT = "#ffffff";

/** A tile repeated over what it fills, `scale` times its size, turned by `degrees`. */
function tile(width: number, height: number, parts: readonly Art[], scale = 1, degrees = 0): Element {
  const patternTransform = `rotate(${degrees}) scale(${scale.toFixed(2)})`;
  return element("pattern", { width, height, patternUnits: "userSpaceOnUse", patternTransform }, parts);
}

const bar = (x: number, y: number, w: number, h: number, colour: string, opacity: number): Art =>
  rect(x, y, w, h, 0, { fill: alpha(colour, opacity) });

type WeaveTile = (hex: string, accent: string) => { size: [number, number]; parts: Art[] };

const linen: Art[] = [
  bar(0, 0, 12, 1.6, DARK, 0.09),
  bar(0, 3, 12, 1.4, BRIGHT, 0.14),
  bar(0, 6, 7, 1.8, DARK, 0.07),
  bar(4, 9, 8, 1.4, BRIGHT, 0.12),
  bar(0, 0, 1.4, 12, BRIGHT, 0.12),
  bar(3, 0, 1.4, 12, DARK, 0.06),
  bar(6, 3, 1.6, 9, BRIGHT, 0.1),
  bar(9, 0, 1.3, 12, DARK, 0.09),
];

const WEAVES: Record<Weave, WeaveTile> = {
  plain: () => ({ size: [12, 12], parts: linen }),
  waffle: (hex) => ({
    size: [26, 26],
    parts: [
      bar(0, 0, 26, 26, BRIGHT, 0.12),
      rect(4, 4, 20, 20, 4, { fill: alpha(shade(hex, 0.6), 0.24) }),
      rect(7, 8, 17, 16, 4, { fill: alpha(hex, 0.6) }),
    ],
  }),
  stripes: (_, accent) => ({
    size: [12, 60],
    parts: [rect(0, 14, 12, 24, 0, { fill: accent }), ...linen, bar(0, 50, 12, 2, accent, 0.7)],
  }),
  check: (_, accent) => ({
    size: [96, 96],
    parts: [
      bar(10, 0, 32, 96, accent, 0.5),
      bar(0, 10, 96, 32, accent, 0.5),
      bar(66, 0, 5, 96, DARK, 0.22),
      bar(0, 66, 96, 5, DARK, 0.22),
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => bar(0, n * 8, 96, 1.6, DARK, 0.06)),
    ],
  }),
  herringbone: () => ({
    size: [36, 14],
    parts: [
      line("M0 14L18 0M-18 14L0 0M18 0L36 14M36 0L54 14", alpha(BRIGHT, 0.32), 3.4),
      line("M0 21L18 7M0 7L18 -7M18 7L36 21M18 -7L36 7", alpha(DARK, 0.15), 3.4),
    ],
  }),
  rib: (hex) => ({
    size: [15, 15],
    parts: [
      rect(0, 0, 15, 15, 0, { fill: hex }),
      bar(0, 0, 4, 15, DARK, 0.24),
      bar(4, 0, 3, 15, DARK, 0.08),
      bar(9, 0, 4, 15, BRIGHT, 0.2),
    ],
  }),
  cable: () => ({
    size: [84, 60],
    parts: [
      bar(0, 0, 6, 60, DARK, 0.16),
      bar(78, 0, 6, 60, DARK, 0.1),
      ...[-30, 0, 30].flatMap((y) => [
        line(`M18 ${y + 48}C26 ${y + 30} 50 ${y + 36} 64 ${y + 10}`, alpha(DARK, 0.2), 17),
        line(`M18 ${y + 44}C26 ${y + 26} 50 ${y + 32} 64 ${y + 6}`, alpha(BRIGHT, 0.26), 10),
      ]),
    ],
  }),
  terry: () => ({
    size: [14, 14],
    parts: [
      circle(3, 4, 3, { fill: alpha(DARK, 0.1) }),
      circle(2.4, 2.8, 2.4, { fill: alpha(BRIGHT, 0.3) }),
      circle(10, 11, 3, { fill: alpha(DARK, 0.1) }),
      circle(9.4, 9.8, 2.4, { fill: alpha(BRIGHT, 0.3) }),
      circle(10.5, 3.4, 1.6, { fill: alpha(DARK, 0.06) }),
    ],
  }),
  dots: (_, accent) => ({
    size: [60, 60],
    parts: [
      circle(15, 15, 7.5, { fill: accent }),
      circle(45, 45, 7.5, { fill: accent }),
      ...[0, 1, 2, 3, 4].map((n) => bar(0, n * 12, 60, 1.4, DARK, 0.05)),
    ],
  }),
};

/** A cloth's pattern, to be laid over its colour. */
export function weaveTexture(weave: Weave, hex: string, accent: string, scale = 1, degrees = 0): Element {
  const { size, parts } = WEAVES[weave](hex, accent);
  return tile(...size, parts, scale, degrees);
}

/** Wood's long wavering lines, along x; they darken pale woods and lighten painted or black ones. */
export function grainTexture(hex: string, seed = "", degrees = 0, scale = 1): Element {
  const random = seededRandom("grain", seed);
  const ink = contrast(hex, 0.5);
  const strength = lightnessOf(hex) > 0.4 ? 0.3 : 0.14;
  const lines = Array.from({ length: 13 }, (_, row) => {
    const y = row * 9 + random() * 5;
    const wave = 2 + random() * 5;
    const d = curve([
      [0, y],
      [110, y + wave],
      [210, y - wave],
      [320, y],
    ]);
    return path(d, { stroke: alpha(ink, strength * (0.4 + random() * 0.6)), width: 0.8 + random() * 1.8 });
  });
  return tile(320, 120, lines, scale, degrees);
}

/** Iron flecks in a stoneware glaze. */
export function speckleTexture(hex: string): Element {
  const random = seededRandom("speckle");
  const ink = lightnessOf(hex) > 0.45 ? shade(hex, 0.55) : tint(hex, 0.55);
  const flecks = Array.from({ length: 46 }, () => {
    const size = 0.9 + random() ** 3 * 3.2;
    return ellipse(6 + random() * 148, 6 + random() * 148, size, size * (0.7 + random() * 0.3), {
      fill: alpha(ink, 0.35 + random() * 0.4),
    });
  });
  return tile(160, 160, flecks);
}

/** The fine lines of brushed metal. */
export function brushedTexture(degrees = 0): Element {
  const random = seededRandom("brushed");
  const lines = Array.from({ length: 30 }, (_, row) =>
    bar(0, row * 2.6, 200, 1, row % 2 ? BRIGHT : DARK, 0.03 + random() * 0.07),
  );
  return tile(200, 78, lines, 1, degrees);
}

/** The crumbs of cork, or the terrazzo of stone: blunt flakes of darker and lighter tone. */
export function crumbTexture(hex: string): Element {
  const random = seededRandom("crumb");
  const flakes = Array.from({ length: 60 }, (_, index) =>
    ellipse(5 + random() * 110, 5 + random() * 110, 1.5 + random() * 4, 1.2 + random() * 2.4, {
      fill: alpha(index % 3 ? shade(hex, 0.4) : tint(hex, 0.5), 0.4),
    }),
  );
  return tile(120, 120, flakes);
}
