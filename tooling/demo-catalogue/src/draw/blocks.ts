import { alpha, shade, tint } from "./colour.ts";
import { polygon } from "./curves.ts";
import { faceLight, linearGradient, metalPlane } from "./light.ts";
import { type Art, group, line, type Paint, type Point, path, rect } from "./svg.ts";
import { brushedTexture, grainTexture } from "./textures.ts";

export type Stuff = "paint" | "wood" | "metal";

const coatOf = (hex: string, stuff: Stuff, degrees: number): Paint =>
  stuff === "metal" ? metalPlane(hex, degrees) : faceLight(hex, 0.13, degrees);

function textureOf(hex: string, stuff: Stuff, degrees: number): Paint | undefined {
  if (stuff === "paint") return undefined;
  return stuff === "wood" ? grainTexture(hex, "plank", degrees) : brushedTexture(degrees);
}

/** A flat face of any outline in its material; `degrees` is the run of the grain. */
export function face(d: string, hex: string, stuff: Stuff, degrees = 0): Art {
  const texture = textureOf(hex, stuff, degrees);
  return group([
    path(d, { fill: coatOf(hex, stuff, stuff === "metal" ? 20 : 60) }),
    texture !== undefined && path(d, { fill: texture }),
  ]);
}

/** A board or panel seen from the front, with a softened, lit upper edge. */
export function panel(
  x: number,
  y: number,
  w: number,
  h: number,
  r: number,
  hex: string,
  stuff: Stuff,
  degrees = 0,
): Art {
  const texture = textureOf(hex, stuff, degrees);
  return group([
    rect(x, y, w, h, r, { fill: coatOf(hex, stuff, 60) }),
    texture !== undefined && rect(x, y, w, h, r, { fill: texture }),
    line(`M${x + r} ${y + 1.5}L${x + w - r} ${y + 1.5}`, alpha(tint(hex, 0.7), 0.6), 2.5, { cap: "butt" }),
    line(`M${x + r} ${y + h - 1.5}L${x + w - r} ${y + h - 1.5}`, alpha(shade(hex, 0.5), 0.4), 2.5, { cap: "butt" }),
  ]);
}

/** A box seen from the front and a little from above: its front with the top receding behind it. y is the top of the front. */
export function frontBox(x: number, y: number, w: number, h: number, depth: number, hex: string, stuff: Stuff): Art {
  const inset = depth * 0.55;
  const top: Point[] = [
    [x + inset, y - depth],
    [x + w - inset, y - depth],
    [x + w, y + 1],
    [x, y + 1],
  ];
  return group([face(polygon(top), tint(hex, 0.22), stuff), panel(x, y, w, h, 3, hex, stuff)]);
}

/** A point of a room: x to the right, y upwards, z to the back. */
export type Place = readonly [x: number, y: number, z: number];

const TURN = { right: [0.86, 0.25], back: [0.52, -0.34] } as const;

/** Where a place in the room is on a picture seen from the corner (the origin is on the ground, in front). */
export const seen = ([x, y, z]: Place): Point => [
  x * TURN.right[0] + z * TURN.back[0],
  x * TURN.right[1] * 0.4 - y + z * TURN.back[1],
];

/** A box seen from its left corner: front, right side and top. `from` is its lower left front corner. */
export function cuboid(from: Place, size: Place, hex: string, stuff: Stuff): Art {
  const [x, y, z] = from;
  const [w, h, d] = size;
  const corner = (i: number, j: number, k: number): Point => seen([x + i * w, y + j * h, z + k * d]);
  const front = polygon([corner(0, 0, 0), corner(1, 0, 0), corner(1, 1, 0), corner(0, 1, 0)]);
  const side = polygon([corner(1, 0, 0), corner(1, 0, 1), corner(1, 1, 1), corner(1, 1, 0)]);
  const top = polygon([corner(0, 1, 0), corner(1, 1, 0), corner(1, 1, 1), corner(0, 1, 1)]);
  const along = h > w ? 84 : 6;
  return group([
    face(side, shade(hex, 0.24), stuff, h > w ? 90 : -33),
    face(front, hex, stuff, along),
    face(top, tint(hex, 0.3), stuff, 6),
    line(polygon([corner(0, 1, 0), corner(1, 1, 0), corner(1, 1, 1)], false), alpha(tint(hex, 0.8), 0.55), 2.5),
  ]);
}

/** A straight bar with round ends and a lit side, for legs, wires and handles. */
export function bar(from: Point, to: Point, width: number, hex: string): Art {
  const d = polygon([from, to], false);
  return tube(d, width, hex);
}

/** A bent tube along a path: dark edge, body, and a line of light. */
export function tube(d: string, width: number, hex: string): Art {
  return group([
    line(d, shade(hex, 0.34), width),
    moveUp(line(d, hex, width * 0.78), width * 0.07),
    moveUp(line(d, alpha(tint(hex, 0.75), 0.65), width * 0.22), width * 0.2),
  ]);
}

const moveUp = (art: Art, by: number): Art => ({
  ...art,
  attributes: { ...art.attributes, transform: `translate(${(-by).toFixed(1)} ${(-by).toFixed(1)})` },
});

/** A tapered leg: from a width at the top to a width at the foot. */
export function leg(top: Point, foot: Point, wide: number, slim: number, hex: string): Art {
  const d = polygon([
    [top[0] - wide / 2, top[1]],
    [top[0] + wide / 2, top[1]],
    [foot[0] + slim / 2, foot[1]],
    [foot[0] - slim / 2, foot[1]],
  ]);
  const fill = linearGradient([
    [0, shade(hex, 0.06)],
    [0.3, tint(hex, 0.3)],
    [0.6, hex],
    [1, shade(hex, 0.3)],
  ]);
  return group([path(d, { fill }), path(d, { fill: grainTexture(hex, "leg", 90) })]);
}
