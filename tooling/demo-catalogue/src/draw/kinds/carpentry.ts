import { cuboid } from "../blocks.ts";
import { hexOf } from "../colour.ts";
import type { Piece } from "../piece.ts";
import { type Art, group } from "../svg.ts";
import { disc } from "../turned.ts";

export const NATURAL = new Set((["oak", "ash", "beech", "walnut", "cork", "chestnut"] as const).map(hexOf));

export const stuffOf = (hex: string) => (NATURAL.has(hex) ? ("wood" as const) : ("paint" as const));

/** A round seat or table top. */
export const roundTop = (r: number, y: number, thick: number, hex: string, tilt = 0.2): Art =>
  disc(r, y, thick, { hex, surface: stuffOf(hex) === "wood" ? "wood" : "matte" }, tilt);

export function riserAngle(w: number, h: number, hex: string, second: string): Piece {
  const depth = w * 0.42;
  const thick = h * 0.2;
  const post = (x: number, z: number) => cuboid([x, 0, z], [24, h - thick, 24], second, "wood");
  return {
    stance: "stands",
    art: group([
      post(-w / 2 + 10, depth - 40),
      post(w / 2 - 34, depth - 40),
      post(-w / 2 + 10, 14),
      post(w / 2 - 34, 14),
      cuboid([-w / 2, h - thick, 0], [w, thick, depth], hex, stuffOf(hex)),
    ]),
  };
}
