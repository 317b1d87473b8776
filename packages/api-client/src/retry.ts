import { CallFailed, CallUnreachable } from "./call-error.ts";

const RETRIED_STATUSES = new Set([429, 502, 503, 504]);
const BASE_MS = 100;
const CEILING_MS = 2000;

/**
 * How long to wait before another attempt, in milliseconds, or `undefined` when another attempt cannot help.
 * The server's `Retry-After` wins; otherwise exponential backoff with full jitter.
 */
export function retryDelayMs(error: unknown, tried: number, random: () => number = Math.random): number | undefined {
  if (error instanceof CallFailed) {
    if (!RETRIED_STATUSES.has(error.status)) return undefined;
    if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  }
  if (error instanceof CallUnreachable && error.status !== undefined && !RETRIED_STATUSES.has(error.status)) {
    return undefined;
  }
  return random() * Math.min(CEILING_MS, BASE_MS * 2 ** (tried - 1));
}

/** Waits `delayMs`; rejects with the signal's reason when it aborts first. */
export const wait = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", stop, { once: true });
  });
