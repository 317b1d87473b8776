import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { doctor } from "./doctor.ts";
import { repository } from "./services.ts";
import { start } from "./start-command.ts";
import { stop } from "./stop-command.ts";

const DATA = ["--data <folder>", "where the shop keeps its data and logs", join(repository, ".local")] as const;

const wholeNumber = (min: number, max: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  return value;
};

const program = new Command("tradepost").description("Runs the whole shop on this machine.").showHelpAfterError();

program
  .command("start", { isDefault: true })
  .description("start everything; Ctrl-C stops it")
  .option(
    "--port <number>",
    "where the shop listens; the next free port when it is taken",
    wholeNumber(1, 65_535),
    8080,
  )
  .option("--replicas <number>", "processes of each service", wholeNumber(1, 8), 1)
  .option("--fresh", "forget all data first", false)
  .option(...DATA)
  .action(async (options: { port: number; replicas: number; fresh: boolean; data: string }) => {
    const dir = resolve(options.data);
    if (options.fresh) {
      await stop(dir);
      for (const name of ["stores", "sandbox", "secrets.json", "logs"])
        rmSync(join(dir, name), { recursive: true, force: true });
    }
    process.exitCode = await start({ dir, port: options.port, replicas: options.replicas });
  });

program
  .command("stop")
  .description("stop a running shop, or what a crashed one has left behind")
  .option(...DATA)
  .action(async ({ data }: { data: string }) => console.log(await stop(resolve(data))));

program
  .command("doctor")
  .description("say what this machine lacks and how to get it")
  .option(...DATA)
  .action(async ({ data }: { data: string }) => {
    process.exitCode = await doctor(resolve(data));
  });

await program.parseAsync();
