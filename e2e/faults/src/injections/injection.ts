import type { Violation } from "../history/expected.ts";
import type { Random } from "../random.ts";
import type { Rig } from "../rig/rig.ts";

/** Something that goes wrong. */
export interface Injection {
  name: string;
  /** For how long it goes wrong: 0 for what is over at once, Infinity for as long as there are shoppers. */
  forMs: number;
  /** Breaks it. Resolves, once it is broken, to what mends it and tells how that went. */
  begin: (rig: Rig, random: Random) => Promise<() => Promise<Ended>>;
}

export interface Ended {
  /** How often it hit. */
  hits: number;
  /** What the shop should not have done about it, where stores cannot show that. */
  broken?: Violation[];
}

/** An injection and when it comes: once this share (0 to 1) of all comings and goings of shoppers is over. */
export interface Planned {
  injection: Injection;
  after: number;
}
