import type { CheckoutRecord, Violation } from "../history/expected.ts";
import type { Random } from "../random.ts";
import type { Rig } from "../rig/rig.ts";

/** What a scenario is played with. */
export interface Stage {
  rig: Rig;
  random: Random;
  /** How many shoppers come, and how many of them at once. */
  purchases: number;
  shoppers: number;
  /** How long a shopper bears with a shop that does not answer, for each step. */
  patienceMs: number;
  /** Told of each shopper who is done and each fault that begins. */
  progress: (done: { purchases: number; fault?: string }) => void;
}

export interface Played {
  checkouts: CheckoutRecord[];
  /** What the shopper of each order did and was told, where it was written down. */
  trails?: Map<string, string[]>;
  /** How many shoppers left with what. */
  outcomes: Record<string, number>;
  /** What those were told last who left without what they came for. */
  refusals: Record<string, number>;
  /** What went wrong on purpose, and how often. */
  injected: { name: string; hits: number }[];
  /** When the last fault had been mended; left out where there was none. */
  mendedAt?: Date;
  /** What this scenario promised beside what always holds. */
  broken: Violation[];
}

export interface Scenario {
  name: string;
  summary: string;
  /** Decides its dice, where it is not the run's seed and its name. */
  seed?: string;
  /** How many shoppers it takes to mean something, where no number was asked for. */
  purchases: number;
  play: (stage: Stage) => Promise<Played>;
}

export const broken = (rule: string, message: string, history: string[] = []): Violation => ({
  ...{ rule, message, history },
});
