import { setTimeout as sleep } from "node:timers/promises";
import { CallFailed, CallUnreachable } from "@tradepost/api-client/call-error";

/** The shopper's patience ended before the shop had a final answer. */
export class GaveUp extends Error {
  override readonly name = "GaveUp";
}

const LONGEST_PAUSE_MS = 2_000;

/**
 * Repeats a call as a good client does: after no usable answer, 5xx, 429, and 409 `idempotency.in_progress`, with the
 * pause the server asks for. Throws GaveUp at `untilMs`, and at once what repeating cannot change.
 */
export async function politely<T>(untilMs: number, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const pauseMs = pauseAfter(error, tried);
      if (pauseMs === undefined) throw error;
      if (Date.now() + pauseMs > untilMs) throw new GaveUp(describe(error), { cause: error });
      await sleep(pauseMs);
    }
  }
}

function pauseAfter(error: unknown, tried: number): number | undefined {
  const backoffMs = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** tried) * (0.5 + Math.random() / 2);
  if (error instanceof CallUnreachable) return backoffMs;
  if (!(error instanceof CallFailed)) return undefined;
  const mayPass = error.status >= 500 || error.status === 429 || error.problem.code === "idempotency.in_progress";
  if (!mayPass) return undefined;
  return error.retryAfterSeconds === undefined ? backoffMs : error.retryAfterSeconds * 1000;
}

/** One line about what a call came to. */
export function describe(error: unknown): string {
  if (error instanceof CallFailed) return `${error.status} ${error.problem.code}`;
  if (error instanceof CallUnreachable && error.cause instanceof Error)
    return `${error.message} (${error.cause.message})`;
  return error instanceof Error ? error.message : String(error);
}

/** A double click: the same call twice at once. Both answers; throws the first one's error when neither succeeds. */
export async function twice<T>(call: () => Promise<T>): Promise<[T, T] | [T]> {
  const [first, second] = await Promise.allSettled([call(), call()]);
  if (first.status === "fulfilled" && second.status === "fulfilled") return [first.value, second.value];
  if (first.status === "fulfilled") return [first.value];
  if (second.status === "fulfilled") return [second.value];
  throw first.reason;
}
