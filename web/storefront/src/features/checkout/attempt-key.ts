import { readStored, writeStored } from "../../app/stored.ts";

const KEY = "tradepost.attempt";
interface Attempt {
  key: string;
  input: string;
}

// Not crypto.randomUUID: browsers have that only on HTTPS and localhost.
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * The Idempotency-Key of placing this order: the same through double clicks and reloads for as long as what is ordered
 * (`input`: body, cart and currency) stays the same, so that one order is placed; another input is another attempt.
 */
export function attemptKey(storage: () => Storage, input: unknown): string {
  const text = JSON.stringify(input);
  const stored = readStored<Attempt>(storage, KEY);
  if (stored?.input === text) return stored.key;
  const attempt: Attempt = { key: newKey(), input: text };
  writeStored(storage, KEY, attempt);
  return attempt.key;
}

/** Call it when the order is paid or withdrawn: the next one is a new attempt, even with the same input. */
export const forgetAttempt = (storage: () => Storage): void => writeStored(storage, KEY, undefined);
