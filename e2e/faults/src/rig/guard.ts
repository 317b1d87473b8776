import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("guard-process.ts", import.meta.url));

/**
 * Watches over the shop in `dir` from a process of its own, which ends what was left running there when this one dies
 * without having stopped it, and removes `dir` then unless told to keep it. Resolves to what dismisses it.
 */
export async function postGuard(dir: string, keep: boolean): Promise<() => Promise<void>> {
  const args = keep ? [PROGRAM, dir, "--keep"] : [PROGRAM, dir];
  // In a session of its own, so that what ends this process's group spares it. Its input ends when this process does.
  const guard = spawn(process.execPath, args, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  await once(guard, "spawn");
  guard.unref();
  const gone = once(guard, "exit");
  return async () => {
    guard.ref();
    guard.stdin.end();
    await gone;
  };
}
