import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const held = new Set<string>();

/** Takes a data directory for this process; gives the function that lets go. Throws when a live process has it. */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, "server.pid");
  const owner = ownerOf(file);
  if (held.has(file) || (owner !== undefined && owner !== process.pid && isAlive(owner))) {
    throw new Error(`${directory} is in use by process ${owner}; if that is no MongoDB server, delete ${file}`);
  }
  writeFileSync(file, String(process.pid));
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
