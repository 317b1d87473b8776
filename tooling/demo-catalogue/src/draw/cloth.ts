import type { Weave } from "../drawing-kinds.ts";
import { alpha, shade, tint } from "./colour.ts";
import { curve } from "./curves.ts";
import { linearGradient } from "./light.ts";
import { type Art, clip, group, line, type Paint, type Point, path } from "./svg.ts";
import { weaveTexture } from "./textures.ts";

export interface Cloth {
  hex: string;
  weave: Weave;
  accent: string;
  /** Size of the weave; 1 is a thing that fills the picture. */
  scale?: number;
  degrees?: number;
}

const softLight = (hex: string, degrees: number): Paint =>
  linearGradient(
    [
      [0, tint(hex, 0.26)],
      [0.4, hex],
      [1, shade(hex, 0.2)],
    ],
    degrees,
  );

/** A piece of cloth of any outline: colour, weave, light from the upper left and whatever lies on it, cut to its shape. */
export function cloth(d: string, { hex, weave, accent, scale = 1, degrees = 0 }: Cloth, on: readonly Art[] = []): Art {
  const texture = weaveTexture(weave, hex, accent, scale, degrees);
  const shadow = linearGradient(
    [
      [0, alpha("#ffffff", 0.12)],
      [0.45, alpha("#2a1a10", 0)],
      [1, alpha("#2a1a10", 0.2)],
    ],
    55,
  );
  return group([
    path(d, { fill: softLight(hex, 50) }),
    path(d, { fill: texture }),
    path(d, { fill: shadow }),
    clip(path(d, { fill: "#000" }), on),
    path(d, { stroke: alpha(shade(hex, 0.5), 0.35), width: 2 }),
  ]);
}

/** A seam of small stitches. */
export const stitches = (d: string, hex: string, width = 3): Art =>
  group([
    line(d, alpha(shade(hex, 0.5), 0.25), width + 1.5),
    line(d, alpha(tint(hex, 0.6), 0.9), width, { dash: `${width * 3} ${width * 2.2}`, cap: "butt" }),
  ]);

/** A fold: a soft dark line with light beside it. */
export const crease = (points: readonly Point[], hex: string, width = 10): Art =>
  group([
    line(curve(points), alpha(shade(hex, 0.6), 0.08), width),
    line(curve(points), alpha(shade(hex, 0.6), 0.1), width * 0.45),
    line(
      curve(points.map(([x, y]): Point => [x - width * 0.7, y - width * 0.2])),
      alpha(tint(hex, 0.8), 0.12),
      width * 0.5,
    ),
  ]);

/** Threads hanging from an edge between two points. */
export function fringe(
  [x1, y1]: Point,
  [x2, y2]: Point,
  length: number,
  hex: string,
  count: number,
  drop: Point = [0, 1],
): Art {
  const threads = Array.from({ length: count }, (_, index) => {
    const share = (index + 0.5) / count;
    const x = x1 + (x2 - x1) * share;
    const y = y1 + (y2 - y1) * share;
    const sway = ((index * 7) % 5) - 2;
    const reach = length * (0.88 + ((index * 3) % 4) * 0.04);
    const end: Point = [x + drop[0] * reach + sway * drop[1], y + drop[1] * reach + sway * drop[0]];
    return line(
      `M${x.toFixed(1)} ${y.toFixed(1)}L${end[0].toFixed(1)} ${end[1].toFixed(1)}`,
      index % 2 ? shade(hex, 0.14) : tint(hex, 0.1),
      3.4,
    );
  });
  return group(threads);
}

/** A leather strap or cotton band along a path, with stitched edges when wide. */
export function strap(d: string, width: number, hex: string, stitched = true): Art {
  return group([
    line(d, shade(hex, 0.35), width, { cap: "butt" }),
    line(d, hex, width - 4, { cap: "butt" }),
    line(d, alpha(tint(hex, 0.5), 0.35), width * 0.3, { cap: "butt" }),
    stitched && width > 14 && line(d, alpha(tint(hex, 0.7), 0.8), 2, { dash: "8 6", cap: "butt" }),
  ]);
}
