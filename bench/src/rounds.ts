import type { SideFigures } from "./finding.ts";
import type { LoadPlan } from "./load/load-plan.ts";
import { runLoad } from "./load/run-load.ts";
import { cpuMsOf } from "./process-figures.ts";
import { spreadOf } from "./spread.ts";

/** A process under load. `plan` is asked before each round; what it prepares is not measured. */
export interface Side {
  pid: () => number | undefined;
  plan: (round: number) => LoadPlan | Promise<LoadPlan>;
}

export interface RoundFigures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuMicrosPerRequest: number | null;
  busy: number;
}

export type Say = (line: string) => void;

/**
 * Measures the sides in turn, A B A B …, for so many rounds; round 0 warms up and is thrown away. The answer has one
 * entry for each round, with one for each side.
 */
export async function inRounds<S extends Record<string, Side>>(
  sides: S,
  rounds: number,
  say: Say,
): Promise<Record<keyof S, RoundFigures>[]> {
  const all: Record<keyof S, RoundFigures>[] = [];
  for (let round = 0; round <= rounds; round++) {
    const figures: Partial<Record<keyof S, RoundFigures>> = {};
    for (const [name, side] of Object.entries(sides)) figures[name as keyof S] = await measure(side, round);
    const rates = Object.entries(figures).map(([name, f]) => `${name} ${Math.round(f?.requestsPerSecond ?? 0)}/s`);
    say(`${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}: ${rates.join(", ")}`);
    if (round > 0) all.push(figures as Record<keyof S, RoundFigures>);
  }
  return all;
}

async function measure({ pid, plan }: Side, round: number): Promise<RoundFigures> {
  const load = await plan(round);
  const before = cpuMsOf(pid());
  const { answers, seconds, latencyMs, busy } = await runLoad(load);
  const after = cpuMsOf(pid());
  return {
    requestsPerSecond: answers / seconds,
    p50Ms: latencyMs.p50,
    p99Ms: latencyMs.p99,
    cpuMicrosPerRequest: before === null || after === null ? null : ((after - before) * 1000) / answers,
    busy,
  };
}

/** One side's rounds taken together. */
export function figuresOf(rounds: readonly RoundFigures[]): SideFigures {
  const cpu = rounds.map((each) => each.cpuMicrosPerRequest).filter((each) => each !== null);
  return {
    requestsPerSecond: spreadOf(rounds.map((each) => each.requestsPerSecond)),
    latencyMs: { p50: spreadOf(rounds.map((each) => each.p50Ms)), p99: spreadOf(rounds.map((each) => each.p99Ms)) },
    cpuMicrosPerRequest: cpu.length === rounds.length ? spreadOf(cpu) : null,
  };
}
