import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";

export interface ServerOptions {
  /** Names the pid file and the log in `dir`. */
  name: string;
  dir: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  ids?: { uid: number; gid: number };
  /** The signal that asks this program for a clean, quick stop. */
  stopSignal?: NodeJS.Signals;
  /** How long a stop may take before SIGKILL. */
  stopTimeoutMs?: number;
  startTimeoutMs?: number;
  /** Keeps what an earlier run wrote to the log. Default: the log begins anew. */
  appendLog?: boolean;
  /** Called until it answers true; it should give up by itself within a second or so. */
  isReady: () => Promise<boolean>;
}

export interface ServerProcess {
  pid: number;
  /** Resolves when the process has ended, asked to or not. */
  exited: Promise<void>;
  /** Asks for a clean stop and kills after `stopTimeoutMs`. Returns once the process is gone; safe to call twice. */
  stop(): Promise<void>;
}

interface PidFile {
  server: ProcessIdentity;
  owner: ProcessIdentity | undefined;
}

const POLL_MS = 25;
const REAPED_WITHIN_MS = 5_000;
const PID_SUFFIX = ".pid.json";

/** How to end each server of this process should it exit without having stopped them. */
const stillRunning = new Set<() => void>();
process.once("exit", () => {
  for (const end of stillRunning) end();
});

/**
 * Starts a program in its own process group (a Ctrl-C in the terminal does not reach it) and waits until it is ready.
 * Its output goes to `dir/name.log`, so it outlives this process without a broken pipe. Throws with the end of the log
 * when the program exits early or isn't ready within `startTimeoutMs` (180 s); nothing is left running then.
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { name, dir, startTimeoutMs = 180_000 } = options;
  const child = spawnLogged(options);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const server = await identifyChild(child, options);
  writeFileSync(pidFile(dir, name), JSON.stringify({ server, owner: identifyProcess(process.pid) } satisfies PidFile));
  const endWithUs = () => child.kill(options.stopSignal ?? "SIGTERM");
  stillRunning.add(endWithUs);
  const stop = async () => {
    await endProcess(server, options.stopSignal, options.stopTimeoutMs);
    stillRunning.delete(endWithUs);
    if (readPidFile(dir, name).server?.startedAt === server.startedAt) rmSync(pidFile(dir, name), { force: true });
  };
  const deadline = Date.now() + startTimeoutMs;
  while (!(await options.isReady())) {
    if (isRunning(server) && Date.now() < deadline) {
      await sleep(POLL_MS);
      continue;
    }
    const what = isRunning(server) ? `was not ready within ${startTimeoutMs} ms` : "ended while starting";
    await stop();
    throw new Error(`${name} ${what}\n${logTail(dir, name)}`);
  }
  return { pid: server.pid, exited, stop };
}

export interface OrphanOptions {
  stopSignal?: NodeJS.Signals;
  /** Ends it also when the process that started it still runs. Default false. */
  evenIfOwned?: boolean;
}

/**
 * Ends the server that an earlier process left running in `dir` when that process died hard; whether there was one.
 * Throws when the process that started it is still alive, because then the directory is in use.
 */
export async function endOrphan(dir: string, name: string, options: OrphanOptions = {}): Promise<boolean> {
  const { server, owner } = readPidFile(dir, name);
  const alive = server !== undefined && isRunning(server);
  if (alive && owner !== undefined && isRunning(owner) && !options.evenIfOwned)
    throw new Error(`${dir} is in use: its ${name} (pid ${server.pid}) belongs to process ${owner.pid}`);
  if (alive) await endProcess(server, options.stopSignal);
  rmSync(pidFile(dir, name), { force: true });
  return alive;
}

/** Kills whatever servers an earlier process left running with their files in `dir`, which is about to be removed. */
export async function killOrphans(dir: string): Promise<void> {
  for (const file of readdirSync(dir).filter((name) => name.endsWith(PID_SUFFIX)))
    await endOrphan(dir, file.slice(0, -PID_SUFFIX.length), { stopSignal: "SIGKILL" });
}

/** Signals exactly the process that was identified, waits until it is gone and kills it after `timeoutMs`. */
export async function endProcess(
  target: ProcessIdentity,
  signal: NodeJS.Signals = "SIGTERM",
  timeoutMs = 10_000,
): Promise<void> {
  for (const [next, patienceMs] of [
    [signal, timeoutMs],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!isRunning(target)) break;
    signalProcess(target.pid, next);
    const deadline = Date.now() + patienceMs;
    while (isRunning(target) && Date.now() < deadline) await sleep(POLL_MS);
  }
  if (isRunning(target)) throw new Error(`process ${target.pid} does not end, not even by SIGKILL`);
  await untilReaped(target.pid);
}

/** PostgreSQL takes the zombie of its predecessor for a living one. Some containers have nobody who removes orphans' zombies. */
async function untilReaped(pid: number): Promise<void> {
  const deadline = Date.now() + REAPED_WITHIN_MS;
  while (hasProcess(pid) && Date.now() < deadline) await sleep(POLL_MS);
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function spawnLogged({ name, dir, command, args, env, ids, appendLog }: ServerOptions): ChildProcess {
  const log = openSync(logFile(dir, name), appendLog ? "a" : "w", 0o600);
  try {
    return spawn(command, args, {
      cwd: dir,
      detached: true,
      stdio: ["ignore", log, log],
      ...ids,
      ...(env === undefined ? {} : { env }),
    });
  } finally {
    closeSync(log);
  }
}

async function identifyChild(child: ChildProcess, { name, dir, command }: ServerOptions): Promise<ProcessIdentity> {
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => reject(new Error(`${name}: ${command} could not be run`, { cause })));
  });
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity === undefined) throw new Error(`${name} ended at once\n${logTail(dir, name)}`);
  return identity;
}

function readPidFile(dir: string, name: string): Partial<PidFile> {
  try {
    return JSON.parse(readFileSync(pidFile(dir, name), "utf8"));
  } catch {
    return {}; // there is none, or a crash cut it short
  }
}

function logTail(dir: string, name: string): string {
  return readFileSync(logFile(dir, name), "utf8").trimEnd().split("\n").slice(-20).join("\n");
}

const pidFile = (dir: string, name: string) => join(dir, name + PID_SUFFIX);
const logFile = (dir: string, name: string) => join(dir, `${name}.log`);
