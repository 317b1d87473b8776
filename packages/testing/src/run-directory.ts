import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess, isRunning } from "@tradepost/servers/process-identity";
import { killOrphans } from "@tradepost/servers/server-process";

const PREFIX = "tradepost-test-stores-";
const OWNER = "owner.json";

/** A new temporary directory for the stores of this process. */
export function createRunDirectory(parent = tmpdir()): string {
  const dir = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(dir, OWNER), JSON.stringify(identifyProcess(process.pid)));
  return dir;
}

/** Ends the servers of runs that were killed, and removes their directories. */
export async function sweepRunDirectories(parent = tmpdir()): Promise<void> {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(parent, name);
    // Without the file it is a run that starts just now.
    if (!existsSync(join(dir, OWNER)) || isRunning(JSON.parse(readFileSync(join(dir, OWNER), "utf8")))) continue;
    await clearRunDirectory(dir);
  }
}

/**
 * Ends the servers that a killed process left in a directory of stores and removes it with its data. Throws when that
 * process still runs.
 */
export async function clearRunDirectory(dir: string): Promise<void> {
  if (!existsSync(dir)) return;
  const stores = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const store of stores) await killOrphans(join(dir, store.name));
  rmSync(dir, { recursive: true, force: true });
}
