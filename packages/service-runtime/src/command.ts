import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runMain } from "./config.ts";

export interface Command<Args> {
  help: string;
  wantsHelp: boolean;
  /** Undefined when one that is needed is missing or wrong. */
  args: Args | undefined;
  run: (args: Args) => Promise<unknown>;
}

/** Runs what operators call by hand: `run`, or instead the help, with exit code 2 where nobody asked for it. */
export function runCommand<Args>({ help, wantsHelp, args, run }: Command<Args>): Promise<void> {
  return runMain(async () => {
    if (!wantsHelp && args !== undefined) return run(args);
    console.log(help);
    if (!wantsHelp) process.exitCode = 2;
  });
}

export interface JsonFile {
  path: string;
  /** Throws what `readFileSync` and `JSON.parse` throw. */
  read: () => unknown;
}

/** A command whose one argument is `--file FILE`, a JSON file or `-` for standard input. */
export function runFileCommand(help: string, run: (file: JsonFile) => Promise<unknown>): Promise<void> {
  const { values } = parseArgs({ options: { file: { type: "string" }, help: { type: "boolean", default: false } } });
  const { file: path, help: wantsHelp } = values;
  const read = () => JSON.parse(readFileSync(path === undefined || path === "-" ? 0 : path, "utf8"));
  return runCommand({ help, wantsHelp, args: path === undefined ? undefined : { path, read }, run });
}
