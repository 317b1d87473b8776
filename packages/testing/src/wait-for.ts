import { setTimeout as sleep } from "node:timers/promises";

export interface WaitForOptions {
  /** Default 30 s: a busy machine may be ten times slower. */
  timeoutMs?: number;
  /** Between the end of one look and the next. Default 20 ms. */
  intervalMs?: number;
  /** What is waited for, as it shall read in the error: "the order to be confirmed". */
  what?: string;
}

type Truthy<T> = Exclude<T, undefined | null | false | 0 | "">;

/**
 * Waits until `condition` answers something truthy and returns that. A condition that throws counts as not yet met.
 * Throws after `timeoutMs`, with the condition's last error as cause.
 */
export async function waitFor<T>(condition: () => T | Promise<T>, options: WaitForOptions = {}): Promise<Truthy<T>> {
  const { timeoutMs = 30_000, intervalMs = 20, what = "the condition" } = options;
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await condition();
      if (answer) return answer as Truthy<T>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(intervalMs);
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause });
}
