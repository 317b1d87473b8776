import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, runSteps } from "./steps.ts";

const args = process.argv.slice(2);
if (args.includes("--help")) {
  console.log(`npm test [-- vitest options and paths]
  Every test of the repository on real servers that it starts on free ports: PostgreSQL, Redis, RabbitMQ, MongoDB, and
  the whole shop in Chromium. Examples:
    npm test -- services/order          the tests below a folder
    npm test -- --project workspace     all but the journeys through the whole shop
    npm run stores                      keeps the stores up between runs, in another terminal`);
  process.exit(0);
}

const resultsDir = join(root, ".local/test-results");
rmSync(resultsDir, { recursive: true, force: true });
mkdirSync(resultsDir, { recursive: true });

const vitest = (name: string, more: string[]) => ({
  name,
  command: "vitest",
  args: [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--reporter=${join(root, "tooling/bootstrap/second-tries.ts")}`,
    `--outputFile.json=${join(resultsDir, `${name}.json`)}`,
    ...more,
  ],
});
const build = {
  name: "build the storefront",
  command: "turbo",
  args: ["run", "build", "--output-logs=errors-only", "--no-update-notifier"],
};
const code = args.length > 0 ? await runSteps([build, vitest("tests", args)]) : await runAll();
printCounts();
process.exit(code);

async function runAll(): Promise<number> {
  const drawn = drawPicturesBeside();
  const code = await runSteps([build, vitest("packages, services, tools", ["--project", "workspace"])]);
  await drawn;
  // The journeys have the machine to themselves: a browser that waits for a busy machine fails for no reason.
  return code === 0 ? runSteps([vitest("journeys", ["--project", "e2e"])]) : code;
}

/** The journeys' pictures, while tests that mostly wait leave time for it; what is missing the shop draws itself. */
function drawPicturesBeside(): Promise<void> {
  const outDir = join(root, ".local/media");
  mkdirSync(outDir, { recursive: true });
  const render = [process.execPath, join(root, "tooling/demo-catalogue/src/render.ts"), "--out", outDir];
  const child = spawn("nice", ["-n", "10", ...render], { cwd: root, stdio: "ignore" });
  return new Promise((resolve) => child.once("error", () => resolve()).once("exit", () => resolve()));
}

/** One plain line that any CI can read. */
function printCounts(): void {
  const files = readdirSync(resultsDir);
  if (files.length === 0) console.log("no test was run");
  const counts = files.map(
    (file) => JSON.parse(readFileSync(join(resultsDir, file), "utf8")) as Record<string, number>,
  );
  const sum = (...names: string[]) =>
    counts.reduce((n, each) => n + names.reduce((m, name) => m + (each[name] ?? 0), 0), 0);
  const [passed, failed] = [sum("numPassedTests"), sum("numFailedTests")];
  console.log(`${passed} passed, ${failed} failed, ${sum("numPendingTests", "numTodoTests")} skipped`);
}
