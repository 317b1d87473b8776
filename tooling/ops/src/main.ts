import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { addDeadLettersCommand } from "./dead-letters-command.ts";
import { addReconcileCommand } from "./reconcile-command.ts";
import { UsageError } from "./usage-error.ts";

/** The exit code of a command that could not do its work; 1 says that it did, and that something is left to do. */
const FAILED = 2;
const repository = fileURLToPath(new URL("../../../", import.meta.url));

const program = new Command("ops")
  .description("Looks after a running shop: differences between its services, and events that could not be handled.")
  .addOption(
    new Option("--data <folder>", "the data folder of a shop on this machine").default(
      join(repository, ".local"),
      ".local",
    ),
  )
  .addHelpText(
    "after",
    `
It finds the shop by the variables that the services have too (RABBITMQ_URL, PAYMENT_SERVICE_URL, ORDER_SERVICE_URL,
PRODUCT_SERVICE_URL, INTERNAL_TOKEN_KEY, or each as …_FILE). Without any of them it takes the shop that "npm start" runs.
After "npm run ops" options come behind "--".`,
  )
  .exitOverride()
  .showHelpAfterError("(--help says more)");

addReconcileCommand(program);
addDeadLettersCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong already.
  if (!(error instanceof CommanderError)) console.error(error instanceof Error ? error.message : error);
  const isHelp = error instanceof CommanderError && error.exitCode === 0;
  process.exitCode = isHelp ? 0 : FAILED;
  if (error instanceof UsageError) console.error("(--help says more)");
}
