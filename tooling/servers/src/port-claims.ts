import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";

const DIR = join(tmpdir(), "tradepost-ports");

const claimed = new Set<string>();
process.once("exit", () => {
  for (const file of claimed) rmSync(file, { force: true });
});

/**
 * Claims a port for this process among all of this machine that ask here: between two servers on it, one that was killed
 * and the next, it looks free. Whether it was got; what a process claimed that is gone can be had. Where claims cannot
 * be kept, everybody gets what they ask for.
 */
export function claimPort(port: number, dir = DIR): boolean {
  const file = join(dir, String(port));
  try {
    mkdirSync(dir, { recursive: true });
    if (isHeld(file)) return false;
    writeFileSync(file, JSON.stringify(identifyProcess(process.pid)), { flag: "wx" });
    claimed.add(file);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EEXIST"; // somebody was faster
  }
}

/** Whether a living process has it; the claim of a dead one is removed. */
function isHeld(file: string): boolean {
  const owner = ownerOf(file);
  if (owner !== undefined && isRunning(owner)) return true;
  rmSync(file, { force: true });
  return false;
}

function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined; // there is none, or a crash cut it short
  }
}
