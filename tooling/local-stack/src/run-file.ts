import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess, isRunning, type ProcessIdentity } from "@tradepost/servers/process-identity";

const fileOf = (dir: string) => join(dir, "running.json");

/** The process that runs the shop whose data is in `dir`; undefined when none does. */
export function findRunning(dir: string): ProcessIdentity | undefined {
  try {
    const identity = JSON.parse(readFileSync(fileOf(dir), "utf8")) as ProcessIdentity;
    return isRunning(identity) ? identity : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that this process runs the shop. */
export function noteRunning(dir: string): void {
  writeFileSync(fileOf(dir), JSON.stringify(identifyProcess(process.pid)));
}

export function forgetRunning(dir: string): void {
  rmSync(fileOf(dir), { force: true });
}
