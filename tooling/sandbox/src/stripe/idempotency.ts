import { createHash } from "node:crypto";
import type { Store } from "../storage/store.ts";
import { invalidRequest, StripeApiError } from "./errors.ts";

const keptMs = 24 * 60 * 60 * 1000;

/** The first answer under an Idempotency-Key, which is its id. */
export type SavedAnswer = {
  id: string;
  endpoint: string;
  fingerprint: string;
  status: number;
  body: unknown;
  requestId: string;
  savedAtMs: number;
};

export type IdempotentCall = { key: string; endpoint: string; fingerprint: string };

export type IdempotencyKeys = {
  /** The saved answer to give again, or nothing when the call may run; throws when the key is used in another way. */
  claim(call: IdempotentCall): SavedAnswer | undefined;
  save(answer: SavedAnswer): void;
  release(key: string): void;
};

/** Stripe's idempotency, https://docs.stripe.com/api/idempotent_requests: keys are kept for 24 hours. */
export function openIdempotencyKeys(store: Store, nowMs: () => number): IdempotencyKeys {
  const running = new Set<string>();
  for (const { id, savedAtMs } of store.all("idempotency")) {
    if (nowMs() - savedAtMs >= keptMs) store.remove("idempotency", id);
  }
  return {
    claim: (call) => {
      if (call.key.length > 255) throw invalidRequest("The idempotency key may be at most 255 characters long.");
      const saved = store.get("idempotency", call.key);
      if (saved && nowMs() - saved.savedAtMs < keptMs) return compare(call, saved);
      if (running.has(call.key)) throw inUse(call.key);
      running.add(call.key);
      return undefined;
    },
    save: (answer) => store.put("idempotency", answer),
    release: (key) => void running.delete(key),
  };
}

export function fingerprintOf(params: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(params)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}

function compare(call: IdempotentCall, saved: SavedAnswer): SavedAnswer {
  if (saved.endpoint !== call.endpoint) {
    const message =
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ` +
      `('${call.endpoint}' vs '${saved.endpoint}'). Try using a key other than '${call.key}' if you meant to execute a different request.`;
    throw new StripeApiError(400, { type: "idempotency_error", message });
  }
  if (saved.fingerprint !== call.fingerprint) {
    const message =
      `Keys for idempotent requests can only be used with the same parameters they were first used with. ` +
      `Try using a key other than '${call.key}' if you meant to execute a different request.`;
    throw new StripeApiError(400, { type: "idempotency_error", message });
  }
  return saved;
}

function inUse(key: string): StripeApiError {
  const message =
    `There is currently another in-progress request using this Idempotent Key (${key}) (that probably means you submitted twice, ` +
    `and the other request is still going through). Please try again later.`;
  return new StripeApiError(409, { type: "idempotency_error", code: "idempotency_key_in_use", message });
}
