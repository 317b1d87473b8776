import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { identifyProcess } from "../src/process-identity.ts";
import { endProcess } from "../src/server-process.ts";

export interface Orphan {
  pid: number;
  url: string;
  /** The process that started the server; it still runs. */
  owner: number;
}

/** Starts a server from a process of its own, which goes on running. */
export async function startFromElsewhere(name: string, dir: string): Promise<Orphan> {
  const main = fileURLToPath(new URL("./start-and-die.ts", import.meta.url));
  const starter = spawn(process.execPath, [main, name, dir], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    once(starter.stdout, "data"),
    once(starter, "exit").then(() => Promise.reject(new Error(`${name} did not start`))),
  ]);
  return { ...JSON.parse(String(line)), owner: starter.pid };
}

/** A server whose starter was killed: nobody is left who would stop it. */
export async function leaveOrphan(name: string, dir: string): Promise<Orphan> {
  const orphan = await startFromElsewhere(name, dir);
  await killHard(orphan.owner);
  return orphan;
}

/** `kill -9`, and wait until the process is gone. */
export async function killHard(pid: number): Promise<void> {
  const identity = identifyProcess(pid);
  if (identity === undefined) throw new Error(`process ${pid} is already gone`);
  await endProcess(identity, "SIGKILL");
}
