import { setTimeout as delay } from "node:timers/promises";

const attempts = 6;
const retryableCodes = new Set(["40001", "40P01"]);

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/** A serialization failure or a deadlock: nothing was stored, and the same work may succeed now. */
export const isSerializationFailure = (error: unknown): boolean => retryableCodes.has(String(codeOf(error)));

/** A migration changed the columns behind a prepared `SELECT *`; a new connection plans it afresh. */
export const isStalePlan = (error: unknown): boolean =>
  codeOf(error) === "0A000" && error instanceof Error && error.message.includes("cached plan");

/** Runs `work` again, up to five times and after growing random pauses, while `mayRetry` says so of its error. */
export async function withRetries<T>(work: () => Promise<T>, mayRetry: (error: unknown) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !mayRetry(error)) throw error;
      await delay(Math.random() * 5 * 2 ** attempt);
    }
  }
}
