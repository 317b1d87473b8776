import { Command, InvalidArgumentError, Option } from "commander";
import type { Finding } from "./finding.ts";
import { loadAverage, machine } from "./machine.ts";
import { writeLatestNumbers } from "./readme.ts";
import { type KeptFinding, keepResults, stamp } from "./results.ts";
import type { Pace, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { openStage, type Stage } from "./stage.ts";
import { tableOf } from "./table.ts";

const FULL_SECONDS = 4;
const QUICK_SECONDS = 1;
const QUICK_SHARE = 0.15;

const wholeNumber = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 50) throw new InvalidArgumentError("1 to 50, please.");
  return value;
};
const names = scenarios.map(({ name }) => name);

const program = new Command("bench")
  .description(
    "Measures Tradepost against the least that could do the same, and says how it stands against design's targets.\n" +
      "A missed target is told and fails nothing; the exit code is 1 only when something did not work.",
  )
  .addOption(new Option("--only <scenario...>", "some of the scenarios").choices(names))
  .option("--rounds <number>", "rounds that count, after one that does not", wholeNumber, 5)
  .option("--quick", "short rounds, to see that it works; results are not kept", false)
  .addHelpText(
    "after",
    `\nScenarios:\n${scenarios.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`).join("\n")}`,
  )
  .parse();

const options = program.opts<{ only?: string[]; rounds: number; quick: boolean }>();
const pace: Pace = {
  rounds: options.rounds,
  seconds: options.quick ? QUICK_SECONDS : FULL_SECONDS,
  count: (full) => (options.quick ? Math.ceil(full * QUICK_SHARE) : full),
};
const chosen = scenarios.filter(({ name }) => options.only?.includes(name) ?? true);

const { cores, processor, node } = machine();
console.log(`${cores} cores (${processor}), Node ${node}, load average ${loadAverage()}`);
const stage = await openStage(sayFor("stage"));
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    stopping = true;
    console.log("stopping; the scenario that was under way is not kept");
    stage.close().finally(() => process.exit(130));
  });

const findings: KeptFinding[] = [];
for (const scenario of chosen) {
  if (stopping) break;
  findings.push(...stamp(await attempt(scenario, stage), pace.rounds));
  if (!options.quick) keepResults(findings); // a run is long: what is measured should not be lost with the rest
}
await stage.close();
if (findings.length > 0) {
  console.log(`\n${tableOf(findings)}\n`);
  if (options.quick) console.log("Quick rounds: not kept.");
  else keep();
}

function keep(): void {
  const { path, file } = keepResults(findings);
  writeLatestNumbers(file);
  console.log(`Kept in ${path} and in bench/README.md.`);
}

/** One scenario's findings; none, and a bad exit code, when something in it does not work. */
async function attempt(scenario: Scenario, on: Stage): Promise<Finding[]> {
  try {
    return await scenario.run(on, pace, sayFor(scenario.name));
  } catch (error) {
    if (!stopping) console.error(`${scenario.name} did not work:`, error);
    process.exitCode = 1;
    return [];
  } finally {
    await on.clear();
  }
}

function sayFor(name: string) {
  return (line: string) => console.log(`${name.padEnd(18)} ${line}`);
}
