import { setTimeout as delay } from "node:timers/promises";

export interface Bell {
  /** There is work. */
  ring(): void;
  /** Forgets earlier rings; a source does so when it begins to look for work. */
  reset(): void;
  /** Resolves at the next ring, at once if it has rung since the last reset, after the timeout, or when `signal` aborts. */
  heard(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** What an `OutboxSource` waits with: it remembers a ring, so none is lost while nobody waits. */
export function createBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    reset: () => {
      rung = Promise.withResolvers();
    },
    heard: async (timeoutMs, signal) => {
      const timer = new AbortController();
      const elapsed = delay(timeoutMs, undefined, { signal: AbortSignal.any([signal, timer.signal]) });
      await Promise.race([rung.promise, elapsed.catch(() => {})]);
      timer.abort();
    },
  };
}
