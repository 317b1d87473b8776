import { setTimeout as delay } from "node:timers/promises";
import { type ServerOptions, type ServerProcess, startServer } from "@tradepost/servers/server-process";

export interface Supervised {
  readonly name: string;
  /** Of the running process; undefined between a crash and the restart. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Starts a program and starts it again, after growing pauses, whenever it ends unasked. `onCrash` is told each time, with
 * the process id that ended. Throws when the first start fails.
 */
export async function supervise(
  options: ServerOptions,
  onCrash: (name: string, pid: number) => void,
): Promise<Supervised> {
  let running: ServerProcess | undefined = await startServer({ ...options, appendLog: true });
  const stopping = new AbortController();
  const { signal } = stopping;

  const watch = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const startedAtMs = Date.now();
      const watched: ServerProcess | undefined = running;
      await watched?.exited;
      if (signal.aborted) return;
      running = undefined;
      if (watched) onCrash(options.name, watched.pid);
      pauseMs = Date.now() - startedAtMs > 60_000 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) running = await startServer({ ...options, appendLog: true }).catch(() => undefined);
    }
  };
  const watching = watch();

  return {
    name: options.name,
    pid: () => running?.pid,
    stop: async () => {
      stopping.abort();
      await running?.stop();
      await watching;
      await running?.stop(); // one that was just being started again
    },
  };
}
