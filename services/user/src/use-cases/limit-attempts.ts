import { AppError } from "@tradepost/service-runtime/app-error";
import type { AttemptCounter, AttemptLimit } from "../storage/attempt-counter.ts";

/** Counts an attempt. Throws 429 `rate.limited` with `Retry-After` once one of the limits is reached. */
export async function limitAttempts(counter: AttemptCounter, limits: readonly AttemptLimit[]): Promise<void> {
  const { waitMs } = await counter.take(limits);
  if (waitMs === 0) return;
  throw new AppError(429, "rate.limited", "Too many attempts; wait a little and try again", {
    headers: { "retry-after": String(Math.ceil(waitMs / 1000)) },
  });
}
