import type { Finding } from "./finding.ts";
import type { Say } from "./rounds.ts";
import type { Stage } from "./stage.ts";

export interface Pace {
  rounds: number;
  /** How long a round lasts that is bounded in time. */
  seconds: number;
  /** How many requests a round has that is bounded in count, from how many it has at full length. */
  count: (full: number) => number;
}

export interface Scenario {
  name: string;
  /** One line for `--help`. */
  summary: string;
  run: (stage: Stage, pace: Pace, say: Say) => Promise<Finding[]>;
}
