import { resolve } from "node:path";
import type { Command } from "commander";
import { RECONCILE_VARIABLES, reconcile } from "./reconcile.ts";
import { exitCodeOf, reportText } from "./reconcile-report.ts";
import { findShop } from "./shop.ts";
import { parseMoment } from "./time-option.ts";
import { UsageError } from "./usage-error.ts";

interface ReconcileOptions {
  dryRun: boolean;
  since: string;
  until: string;
  json: boolean;
}

export function addReconcileCommand(program: Command): void {
  program
    .command("reconcile")
    .description("Compares Stripe, payments, orders and stock, repairs what can be repaired, and reports the rest.")
    .option("--dry-run", "change nothing, only report", false)
    .option("--since <time>", "leave out what was last changed before: 24h, 7d, or an ISO time", "24h")
    .option("--until <time>", "leave out what was changed after, as it may be under way: 5m, or an ISO time", "5m")
    .option("--json", "the whole report as one JSON document", false)
    .addHelpText(
      "after",
      "\nExit code: 0 nothing is left to do; 1 a person has to decide, or a dry run found something; 2 it did not work.",
    )
    .action(async (options: ReconcileOptions, command: Command) => {
      const { data } = command.optsWithGlobals<{ data: string }>();
      const now = Date.now();
      const since = parseMoment("--since", options.since, now);
      const until = parseMoment("--until", options.until, now);
      const what = { dryRun: options.dryRun, since, until };
      if (since >= until) throw new UsageError("--since must be before --until.");
      const results = await reconcile(findShop(RECONCILE_VARIABLES, resolve(data)), what);
      console.log(options.json ? JSON.stringify({ ...what, results }, null, 2) : reportText(what, results));
      process.exitCode = exitCodeOf(results);
    });
}
