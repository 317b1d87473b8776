import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Step {
  name: string;
  command: string;
  args: string[];
}

/** Runs a program of the workspace and shows its output as it comes; resolves to its exit code. */
export function run({ command, args }: Step): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGTERM", forward);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** Runs steps one after the other, says how long each took, and stops at the first that fails. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const step of steps) {
    const startedAt = performance.now();
    console.log(`\n▸ ${step.name}`);
    const code = await run(step);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(code === 0 ? `✓ ${step.name} (${seconds} s)` : `✗ ${step.name} failed (${seconds} s)`);
    if (code !== 0) return code;
  }
  return 0;
}
