import { styleText } from "node:util";
import { type Finding, isMet } from "./finding.ts";
import type { Spread } from "./spread.ts";

const COLUMNS = ["", "what", "Tradepost", "baseline", "score (min–max)", "target", "by CPU"] as const;
const BUSY = 0.95;

/** The findings for a terminal, one row each; `!` marks rates that the load program's own speed may have limited. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    isMet(finding) ? "✓" : "✗",
    finding.what,
    rateOf(finding, "tradepost"),
    rateOf(finding, "baseline") + ((finding.loadBusy ?? 0) >= BUSY ? " !" : ""),
    scoreText(finding),
    targetText(finding),
    finding.cpuRatio ? `${number(finding.cpuRatio.median)} ×` : "",
  ]);
  const widths = COLUMNS.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const coloured = rows.map((row) => {
    const text = line(row);
    return styleText(row[0] === "✓" ? "green" : "yellow", text.slice(0, 1)) + text.slice(1);
  });
  return [styleText("bold", line(COLUMNS)), ...coloured].join("\n");
}

export const scoreText = ({ score, unit }: Pick<Finding, "score" | "unit">): string =>
  `${number(score.median)} ${unit} ${range(score)}`;

export const targetText = ({ target, unit }: Pick<Finding, "target" | "unit">): string =>
  "atLeast" in target ? `≥ ${target.atLeast} ${unit}` : `≤ ${target.atMost} ${unit}`;

const range = ({ min, max }: Spread): string => `(${number(min)}–${number(max)})`;

function rateOf(finding: Finding, side: "tradepost" | "baseline"): string {
  const figures = finding[side];
  return figures ? `${number(figures.requestsPerSecond.median)}/s` : "";
}

/** Three digits or so, however large. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
