import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "@tradepost/local-stack/services";
import type { Finding } from "./finding.ts";
import { commit, loadAverage, machine } from "./machine.ts";

export type KeptFinding = Finding & { rounds: number; measuredAt: string; commit: string; loadAverage: number };

export interface ResultsFile {
  date: string;
  machine: ReturnType<typeof machine>;
  findings: KeptFinding[];
}

/** Adds what only the moment knows. */
export const stamp = (findings: readonly Finding[], rounds: number): KeptFinding[] => {
  const moment = { rounds, measuredAt: new Date().toISOString(), commit: commit(), loadAverage: loadAverage() };
  return findings.map((finding) => ({ ...finding, ...moment }));
};

/** Writes the day's file. What the same machine found earlier that day stays where it was not measured again. */
export function keepResults(
  findings: readonly KeptFinding[],
  dir = join(repository, "bench", "results"),
): { path: string; file: ResultsFile } {
  mkdirSync(dir, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const path = join(dir, `${date}.json`);
  const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as ResultsFile) : undefined;
  const here = machine();
  const isSameMachine = JSON.stringify(earlier?.machine) === JSON.stringify(here);
  const measured = new Set(findings.map(({ scenario }) => scenario));
  const kept = isSameMachine ? (earlier?.findings ?? []).filter(({ scenario }) => !measured.has(scenario)) : [];
  const file: ResultsFile = { date, machine: here, findings: [...kept, ...findings] };
  writeFileSync(path, `${JSON.stringify(file, rounded, 2)}\n`);
  return { path, file };
}

/** Four significant digits: more would be noise. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
