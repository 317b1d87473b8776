import { availableParallelism } from "node:os";
import { join } from "node:path";
import { repository } from "@tradepost/local-stack/services";
import { Command, InvalidArgumentError } from "commander";
import { describeViolation } from "./history/check-facts.ts";
import { openProgress } from "./progress.ts";
import { tableOf, writeReport } from "./report.ts";
import { openRig, type Rig } from "./rig/rig.ts";
import { type Result, runScenario } from "./run-scenario.ts";
import { allScenarios, findScenarios } from "./scenarios/all-scenarios.ts";
import { randomSchedule } from "./scenarios/random-schedule.ts";
import type { Scenario } from "./scenarios/scenario.ts";

const wholeNumber = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) throw new InvalidArgumentError("1 to 100000, please.");
  return value;
};
const collect = (text: string, earlier: string[] = []) => [...earlier, text];

interface Options {
  scenario?: string[];
  list: boolean;
  seed?: string;
  runs?: number;
  purchases?: number;
  shoppers: number;
  payWithin: number;
  keep: boolean;
  report: string;
}

const options = new Command("faults")
  .description(
    "Breaks a shop of two replicas in every way it should bear while people buy, and reads all stores afterwards.\n" +
      "Without options: all named scenarios. The exit code is 1 when a promise of docs/purchase-flow.md was broken.",
  )
  .option("--scenario <name>", "this one, or all whose names match, e.g. kill-*; may be given more than once", collect)
  .option("--list", "say which there are", false)
  .option("--seed <text>", "makes the dice fall as they did; a new one unless said")
  .option("--runs <number>", "so many random schedules, instead of named scenarios", wholeNumber)
  .option("--purchases <number>", "shoppers in each scenario", wholeNumber)
  .option("--shoppers <number>", "how many are in the shop at once", wholeNumber, 10 * availableParallelism())
  .option("--pay-within <seconds>", "how long orders wait for their payment", wholeNumber, 20)
  .option("--keep", "keep data and logs of the shop", false)
  .option("--report <file>", "where the table goes, as FILE.md and FILE.json", join(repository, ".local/faults/report"))
  .showHelpAfterError()
  .parse()
  .opts<Options>();

const seed = options.seed ?? Math.random().toString(36).slice(2, 8);
if (options.list) for (const { name, summary } of allScenarios) console.log(`${name.padEnd(40)} ${summary}`);
else process.exitCode = await run(chosenScenarios());

function chosenScenarios(): Scenario[] {
  const { runs, scenario } = options;
  if (runs === undefined) return scenario ? findScenarios(scenario) : [...allScenarios];
  // One run has the seed that was given, so that each of many can be had again by itself.
  return Array.from({ length: runs }, (_, n) => randomSchedule(runs === 1 ? seed : `${seed}-${n + 1}`));
}

async function run(scenarios: Scenario[]): Promise<number> {
  if (scenarios.length === 0) {
    console.error("No scenario has that name; --list says which there are.");
    return 2;
  }
  console.log(`seed ${seed}, ${scenarios.length} scenarios, ${options.shoppers} shoppers at once`);
  const stop = stopOnSignal();
  const rig = await openRig({
    ...{ payWithinSeconds: options.payWithin, durable: true, download: true, keep: options.keep },
  });
  stop.owns(rig.close);
  if (options.keep) console.log(`data and logs are in ${rig.dir}`);
  const results: Result[] = [];
  try {
    const known = new Set<string>();
    for (const scenario of scenarios) {
      results.push(await play(rig, scenario, known));
      writeReport(options.report, results, heading(results)); // a run is long: what is known should not be lost
    }
  } catch (error) {
    if (!stop.asked()) throw error; // else it failed because the shop is gone
  } finally {
    await stop.close();
  }
  console.log(`\n${tableOf(results)}\n`);
  console.log(`Written to ${writeReport(options.report, results, heading(results)).join(" and ")}.`);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

async function play(rig: Rig, scenario: Scenario, known: Set<string>): Promise<Result> {
  const progress = openProgress(scenario.name, options.purchases ?? scenario.purchases);
  const { shoppers, purchases } = options;
  const result = await runScenario(rig, scenario, { seed, purchases, shoppers, known, progress: progress.tell });
  progress.close(result);
  for (const violation of result.violations) console.error(`\n${describeViolation(violation)}`);
  if (result.violations.length > 0) console.error(`\nAgain: pnpm faults ${replay(scenario)}`);
  return result;
}

function replay({ name, seed: own }: Scenario): string {
  const which = own === undefined ? `--scenario ${name} --seed ${seed}` : `--runs 1 --seed ${own}`;
  const purchases = options.purchases === undefined ? "" : ` --purchases ${options.purchases}`;
  return `${which}${purchases} --shoppers ${options.shoppers} --pay-within ${options.payWithin}`;
}

function heading(results: readonly Result[]): string {
  const { shoppers, payWithin } = options;
  return `Seed ${seed}: ${results.length} scenarios, ${shoppers} shoppers at once, orders wait ${payWithin} s for payment.`;
}

/** The first Ctrl-C stops the shop and ends this process; what is known by then has been written. */
function stopOnSignal() {
  let asked = false;
  let closing: Promise<void> | undefined;
  let closeRig: (() => Promise<void>) | undefined;
  const close = () => {
    closing ??= closeRig?.();
    return closing;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      // Further ones must not end this process before what it has started.
      if (asked) return;
      asked = true;
      console.log("\nstopping everything…");
      // What is still starting ends with this process.
      Promise.resolve(close()).finally(() => process.exit(130));
    });
  return {
    asked: () => asked,
    owns: (ownClose: () => Promise<void>) => {
      closeRig = ownClose;
    },
    close,
  };
}
