import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Result } from "./run-scenario.ts";

const HEADINGS = ["scenario", "purchases", "faults", "violations", "slowest recovery", "all quiet after"];

/** The results as a Markdown table, with a line of sums. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    String(result.purchases),
    String(faultsOf(result)),
    String(result.violations.length),
    seconds(result.recoveryMs),
    seconds(result.quietAfterMs),
  ]);
  const total = [
    "all",
    String(sum(results, ({ purchases }) => purchases)),
    String(sum(results, faultsOf)),
    String(sum(results, ({ violations }) => violations.length)),
    slowest(results.map(({ recoveryMs }) => recoveryMs)),
    slowest(results.map(({ quietAfterMs }) => quietAfterMs)),
  ];
  const lines = [HEADINGS, ...rows, total];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const print = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const rule = print(
    HEADINGS.map(() => ""),
    "-",
  );
  return [print(HEADINGS), rule, ...[...rows, total].map((row) => print(row))].join("\n");
}

/** Writes the table to `FILE.md` and everything, histories included, to `FILE.json`. Returns both paths. */
export function writeReport(file: string, results: readonly Result[], heading: string): string[] {
  const base = file.replace(/\.(md|json)$/, "");
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.md`, `${heading}\n\n${tableOf(results)}\n`);
  writeFileSync(`${base}.json`, `${JSON.stringify({ heading, results }, null, 2)}\n`);
  return [`${base}.md`, `${base}.json`];
}

export const faultsOf = ({ injected }: Result): number => sum(injected, ({ hits }) => hits);

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((n, item) => n + of(item), 0);
const seconds = (ms: number | null): string => (ms === null ? "never" : `${(ms / 1000).toFixed(1)} s`);
const slowest = (times: readonly (number | null)[]): string =>
  seconds(times.includes(null) ? null : Math.max(0, ...times.map(Number)));
