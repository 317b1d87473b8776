import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LoadPlan, LoadResult } from "./load-plan.ts";

const PROGRAM = fileURLToPath(new URL("load-program.ts", import.meta.url));
const SLACK_MS = 120_000;

/** Sends a plan from a process of its own. Throws when an answer was no success: then nothing was measured. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const result = await inOwnProcess(plan);
  const failed = Object.entries(result.failures);
  if (failed.length === 0 && result.answers > 0) return result;
  const [first] = plan.requests;
  throw new Error(
    `${first?.method} ${plan.origin}${first?.path} and the like: ${result.answers} answers, of which failed: ` +
      (failed.map(([status, times]) => `${times} × ${status}`).join(", ") || "none"),
  );
}

function inOwnProcess(plan: LoadPlan): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(PROGRAM, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const late = setTimeout(
      () => {
        child.kill("SIGKILL");
        reject(new Error("the load was not through in time"));
      },
      (plan.seconds ?? 0) * 1000 + SLACK_MS,
    );
    child.once("message", (message: { result?: LoadResult; error?: string }) =>
      message.result ? resolve(message.result) : reject(new Error(message.error)),
    );
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the load program ended with ${code}`)); // too late to matter once it has reported
    });
    child.send(plan);
  });
}
