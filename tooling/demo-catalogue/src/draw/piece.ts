import type { Drawing, DrawingKind } from "../drawing-kinds.ts";
import type { Art, Point } from "./svg.ts";

/** How a thing is shown; what a kind does not know falls back to its front. */
export type Pose = "front" | "above" | "angle" | "open" | "lit" | "pile";

/** What holds it: the ground under it, a surface seen from above, or a hook, cord or wall behind it. */
export type Stance = "stands" | "lies" | "hangs";

export interface Look {
  hex: string;
  pose: Pose;
}

/** A thing drawn alone: x = 0 is its middle, y = 0 the ground it stands on. */
export interface Piece {
  art: Art;
  stance: Stance;
  /** Where it touches the ground, if not along all of its width: the middle and half width of each patch. */
  feet?: readonly (readonly [x: number, y: number, radius: number])[] | undefined;
  /** The most telling detail, for close-ups. */
  focus?: Point;
  /** The height of the seat of something to sit on. */
  seat?: number;
  /** Where light comes from when it is lit. */
  lights?: readonly Point[];
}

export interface Kind<Name extends DrawingKind> {
  /** The real height in centimetres of what `height` of the drawing stands for. */
  heightCm: (drawing: Drawing<Name>) => number;
  /** The poses that `draw` has drawings of their own for, besides the front. */
  poses: readonly Pose[];
  draw: (drawing: Drawing<Name>, look: Look) => Piece;
}
