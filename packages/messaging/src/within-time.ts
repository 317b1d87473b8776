import { setTimeout as delay } from "node:timers/promises";

/** The work's outcome, or a rejection after `timeoutMs`; the work itself goes on. */
export async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const ended = new AbortController();
  const late = delay(timeoutMs, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`the handler took longer than ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}
