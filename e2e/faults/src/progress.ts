import { styleText } from "node:util";
import { faultsOf } from "./report.ts";
import type { Result } from "./run-scenario.ts";
import type { Stage } from "./scenarios/scenario.ts";

const PLAIN_EVERY_MS = 5_000;

/** One line that says how far a scenario is: redrawn in a terminal, now and then a new one elsewhere. */
export function openProgress(
  name: string,
  purchases: number,
): { tell: Stage["progress"]; close: (result: Result) => void } {
  const startedAt = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  let done = 0;
  let faults = 0;
  let last = "";
  let printedAt = Date.now();

  const print = (isDue: boolean): void => {
    const line = `${name}: ${done} of ${purchases} purchases, ${faults} faults begun, ${elapsed()}  ${last}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line.slice(0, process.stdout.columns - 1)}`);
    else if (isDue) console.log(line);
    if (isDue) printedAt = Date.now();
  };
  const ticking = setInterval(() => print(Date.now() - printedAt >= PLAIN_EVERY_MS), 1_000);

  return {
    tell: (event) => {
      done += event.purchases;
      if (event.fault === undefined) return;
      faults += 1;
      last = event.fault;
      print(true);
    },
    close: (result) => {
      clearInterval(ticking);
      if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
      const isFine = result.violations.length === 0;
      const mark = isFine ? styleText("green", "✓") : styleText("red", "✗");
      const outcomes = Object.entries(result.outcomes).map(([what, count]) => `${count} ${what}`);
      const recovery = result.recoveryMs === null ? "never recovered" : `recovered after ${result.recoveryMs} ms`;
      const missed = result.injected.flatMap(({ name: fault, hits }) => (hits === 0 ? [`; never came: ${fault}`] : []));
      console.log(
        `${mark} ${name}: ${outcomes.join(", ")}; ${faultsOf(result)} faults, ${result.violations.length} violations, ${recovery}, ${elapsed()}${missed.join("")}`,
      );
    },
  };
}
