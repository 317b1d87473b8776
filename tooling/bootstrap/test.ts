import { mkdirSync, readFileSync, rmSync } from "node:fs";
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

const results = join(root, ".local/test-results.json");
mkdirSync(join(root, ".local"), { recursive: true });
rmSync(results, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];

const code = await runSteps([
  {
    name: "build the storefront",
    command: "turbo",
    args: ["run", "build", "--output-logs=errors-only", "--no-update-notifier"],
  },
  { name: "tests", command: "vitest", args: ["run", ...reporters, ...args] },
]);
printCounts();
process.exit(code);

/** One plain line that any CI can read. */
function printCounts(): void {
  try {
    const counts = JSON.parse(readFileSync(results, "utf8")) as Record<string, number>;
    const skipped = (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0);
    console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${skipped} skipped`);
  } catch {
    console.log("no test was run");
  }
}
