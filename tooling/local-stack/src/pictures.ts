import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./run-node.ts";
import { repository } from "./services.ts";

/** Draws the demo catalogue's pictures into a folder; only what has changed is drawn again. Returns the folder. */
export async function renderPictures(outDir: string, say: (line: string) => void): Promise<string> {
  mkdirSync(outDir, { recursive: true });
  const args = [join(repository, "tooling/demo-catalogue/src/render.ts"), "--out", outDir];
  await runNode({ args, cwd: repository, onLine: say });
  return outDir;
}
