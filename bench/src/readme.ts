import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "@tradepost/local-stack/services";
import { isMet } from "./finding.ts";
import type { ResultsFile } from "./results.ts";
import { number, scoreText, targetText } from "./table.ts";

const BEGIN = "<!-- latest numbers: written by npm run bench -->";
const END = "<!-- end of latest numbers -->";

/** Puts a day's results into the README, between its two marks. Throws when those are missing. */
export function writeLatestNumbers(results: ResultsFile, path = join(repository, "bench", "README.md")): void {
  const text = readFileSync(path, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} has no place for the latest numbers`);
  writeFileSync(path, `${before}${BEGIN}\n\n${numbersOf(results)}\n\n${END}${after}`);
}

function numbersOf({ date, machine, findings }: ResultsFile): string {
  const loads = findings.map(({ loadAverage }) => loadAverage);
  const rows = findings.map((finding) => {
    const rate = finding.tradepost ? `${number(finding.tradepost.requestsPerSecond.median)}/s` : "";
    const cpu = finding.cpuRatio ? `${number(finding.cpuRatio.median)} ×` : "";
    const score = scoreText(finding);
    return [isMet(finding) ? "✓" : "✗", finding.what, rate, score, targetText(finding), cpu];
  });
  return [
    `${date}, ${machine.cores} cores (${machine.processor}), Node ${machine.node}; load average while measuring: ` +
      `${Math.min(...loads)} to ${Math.max(...loads)}, where ${machine.cores} is a machine that is fully used.`,
    "",
    alignedTable(["", "what", "Tradepost", "score (min–max)", "target", "by CPU"], rows),
  ].join("\n");
}

/** A Markdown table with columns of even width, which is how the formatter wants it. */
function alignedTable(titles: readonly string[], rows: readonly string[][]): string {
  const widths = titles.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [titles, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}
