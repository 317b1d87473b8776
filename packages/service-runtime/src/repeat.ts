import { setTimeout as delay } from "node:timers/promises";

export interface Repeating {
  /** Ends after the running turn. */
  stop(): Promise<void>;
}

/**
 * Runs `work` again and again, each turn `everyMs` (±20 %, so that replicas spread out) after the last one's end.
 * A failing turn is told to `onFailure` and ends nothing.
 */
export function repeat(
  work: () => Promise<unknown>,
  { everyMs, onFailure }: { everyMs: number; onFailure: (error: unknown) => void },
): Repeating {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await delay(everyMs * (0.8 + Math.random() * 0.4), undefined, { signal }).catch(() => {});
      if (!signal.aborted) await work().catch(onFailure);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
