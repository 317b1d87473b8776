import type { Spread } from "./spread.ts";

export type Target = { atLeast: number } | { atMost: number };

/** One side of a comparison, over all rounds. */
export interface SideFigures {
  requestsPerSecond: Spread;
  latencyMs: { p50: Spread; p99: Spread };
  /** Processor time of its own process for each request, where Linux tells it. */
  cpuMicrosPerRequest: Spread | null;
}

/** One row of the table: what was measured and how it stands. `score` is what the target is about. */
export interface Finding {
  scenario: string;
  what: string;
  comparedWith: string | null;
  score: Spread;
  unit: "×" | "ms" | "MB" | "/s";
  target: Target;
  tradepost?: SideFigures;
  baseline?: SideFigures;
  /** Ratio of processor time per request, baseline to Tradepost: like the score, but hardly moved by other load. */
  cpuRatio?: Spread | null;
  /** Share of one core that sending the load took, at the busier side: near 1 the load was the limit. */
  loadBusy?: number;
  notes?: string;
}

/** Whether the median meets the target. */
export const isMet = ({ score, target }: Pick<Finding, "score" | "target">): boolean =>
  "atLeast" in target ? score.median >= target.atLeast : score.median <= target.atMost;
