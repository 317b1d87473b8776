import { runSteps } from "./steps.ts";

if (process.argv.includes("--help")) {
  console.log("npm run verify: format, lint, dependency rules, types and dead paths in docs; the same everywhere.");
  process.exit(0);
}

process.exit(
  await runSteps([
    { name: "format and lint", command: "biome", args: ["ci", "--error-on-warnings", "."] },
    {
      name: "dependency rules",
      command: "depcruise",
      args: ["--config", ".dependency-cruiser.mjs", "packages", "services", "tooling", "web", "e2e", "bench"],
    },
    {
      name: "types",
      command: "turbo",
      args: ["run", "typecheck", "--output-logs=errors-only", "--no-update-notifier"],
    },
    { name: "paths in docs", command: process.execPath, args: ["tooling/bootstrap/check-doc-paths.ts"] },
  ]),
);
