import type { Scene } from "../views.ts";
import type { Paper } from "./backdrop.ts";
import { basin } from "./rooms/bath.ts";
import { hallway, rail } from "./rooms/hall.ts";
import { counter, table } from "./rooms/kitchen.ts";
import { ceiling, livingroom, sideboard, sofa } from "./rooms/living.ts";
import { meadow, patio, platform, softShade } from "./rooms/outside.ts";
import type { Room } from "./rooms/room.ts";
import { desk, playroom } from "./rooms/study.ts";
import { group } from "./svg.ts";

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
