import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./run-node.ts";
import { repository } from "./services.ts";

const render = (outDir: string) => [join(repository, "tooling/demo-catalogue/src/render.ts"), "--out", outDir];

/**
 * Draws the demo catalogue's pictures into a folder; only what has changed is drawn again. `first` draws what lists
 * show, which is a quarter of the work. Returns the folder.
 */
export async function drawPictures(
  outDir: string,
  which: "all" | "first",
  say: (line: string) => void,
): Promise<string> {
  mkdirSync(outDir, { recursive: true });
  const args = [...render(outDir), ...(which === "first" ? ["--first"] : [])];
  await runNode({ args, cwd: repository, onLine: say });
  return outDir;
}

/** Draws the rest while the shop is open, after everything else has had its turn. Resolves when it has ended. */
export function drawRest(outDir: string): { stop: () => Promise<void> } {
  const child = spawn("nice", ["-n", "10", process.execPath, ...render(outDir)], { cwd: repository, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("error", () => resolve()).once("exit", () => resolve()));
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
