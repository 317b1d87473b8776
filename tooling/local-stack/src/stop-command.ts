import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { endOrphan, endProcess } from "@tradepost/servers/server-process";
import { findRunning, forgetRunning } from "./run-file.ts";

const STOP_TIMEOUT_MS = 60_000;

/** Stops the shop whose data is in `dir`, or ends what a crashed one has left behind. Says what it did. */
export async function stop(dir: string): Promise<string> {
  const running = findRunning(dir);
  if (running) {
    await endProcess(running, "SIGTERM", STOP_TIMEOUT_MS);
    return "The shop has stopped.";
  }
  forgetRunning(dir);
  const ended = await endLeftovers(dir);
  return ended.length > 0 ? `Ended what was left running: ${ended.join(", ")}.` : "No shop is running.";
}

/** Servers that outlived the process which started them, the stores last. */
async function endLeftovers(dir: string): Promise<string[]> {
  const folders = ["logs", "sandbox", "stores/mongo", "stores/rabbitmq", "stores/redis", "stores/postgres"];
  const ended: string[] = [];
  for (const folder of folders.map((name) => join(dir, name)).filter((path) => existsSync(path)))
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".pid.json"))) {
      const name = file.slice(0, -".pid.json".length);
      const stopSignal = name === "postgres" ? "SIGINT" : "SIGTERM";
      if (await endOrphan(folder, name, { stopSignal, evenIfOwned: true })) ended.push(name);
    }
  return ended;
}
