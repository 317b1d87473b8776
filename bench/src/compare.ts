import type { Finding } from "./finding.ts";
import { figuresOf, inRounds, type RoundFigures, type Say, type Side } from "./rounds.ts";
import { spreadOf } from "./spread.ts";

export interface Comparison {
  scenario: string;
  what: string;
  comparedWith: string;
  /** The least ratio of requests per second, Tradepost to baseline. */
  atLeast: number;
  tradepost: Side;
  baseline: Side;
  notes?: string;
}

/** Requests per second of Tradepost as a share of the baseline's, round by round. */
export async function compareThroughput(comparison: Comparison, rounds: number, say: Say): Promise<Finding> {
  const { scenario, what, comparedWith, atLeast, tradepost, baseline, notes } = comparison;
  const measured = await inRounds({ tradepost, baseline }, rounds, say);
  const ours = measured.map((round) => round.tradepost);
  const theirs = measured.map((round) => round.baseline);
  const cpu = measured.map(cpuRatio).filter((each) => each !== null);
  return {
    ...{ scenario, what, comparedWith, unit: "×", target: { atLeast } },
    score: spreadOf(measured.map((round) => round.tradepost.requestsPerSecond / round.baseline.requestsPerSecond)),
    tradepost: figuresOf(ours),
    baseline: figuresOf(theirs),
    cpuRatio: cpu.length === measured.length ? spreadOf(cpu) : null,
    loadBusy: Math.max(spreadOf(ours.map(({ busy }) => busy)).median, spreadOf(theirs.map(({ busy }) => busy)).median),
    ...(notes === undefined ? {} : { notes }),
  };
}

function cpuRatio({ tradepost, baseline }: Record<"tradepost" | "baseline", RoundFigures>): number | null {
  if (!tradepost.cpuMicrosPerRequest || baseline.cpuMicrosPerRequest === null) return null;
  return baseline.cpuMicrosPerRequest / tradepost.cpuMicrosPerRequest;
}
