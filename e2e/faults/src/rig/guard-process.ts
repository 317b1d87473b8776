import { rmSync } from "node:fs";
import { stop } from "@tradepost/local-stack/stop-command";

const [dir, keep] = process.argv.slice(2);
if (dir === undefined) throw new Error("usage: guard-process.ts FOLDER [--keep]");

// Whoever started it has died, or has stopped everything and dismisses it: then nothing is found.
process.stdin.resume().once("end", async () => {
  await stop(dir);
  if (keep === undefined) rmSync(dir, { recursive: true, force: true });
});
