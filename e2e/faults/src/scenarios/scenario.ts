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
  /** Told of each shopper who is done and each fault that begins. */
  progress: (done: { purchases: number; fault?: string }) => void;
}

export interface Played {
  checkouts: CheckoutRecord[];
  /** How many shoppers left with what. */
  outcomes: Record<string, number>;
  /** What those were told last who left without what they came for. */
  refusals: Record<string, number>;
  /** What went wrong on purpose, and how often. */
  injected: { name: string; hits: number }[];
  /** What this scenario promised beside what always holds. */
  broken: Violation[];
}

export interface Scenario {
  name: string;
  summary: string;
  /** How many shoppers it takes to mean something, where no number was asked for. */
  purchases: number;
  play: (stage: Stage) => Promise<Played>;
}

export const broken = (rule: string, message: string, history: string[] = []): Violation => ({
  ...{ rule, message, history },
});
