import { runSteps } from "./steps.ts";

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

process.exit(
  await runSteps([
    {
      name: "build the storefront",
      command: "turbo",
      args: ["run", "build", "--output-logs=errors-only", "--no-update-notifier"],
    },
    { name: "tests", command: "vitest", args: ["run", ...args] },
  ]),
);
