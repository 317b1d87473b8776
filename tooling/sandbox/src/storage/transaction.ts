import type { Stripe } from "stripe";
import { newId } from "../stripe/ids.ts";
import type { WebhookFaults } from "../webhooks/delivery.ts";
import { planDeliveries } from "../webhooks/plan-deliveries.ts";
import type { Job } from "./jobs.ts";
import type { CollectionName, Collections, Store } from "./store.ts";

/** Which API request caused a change; events carry it. Null for what happens by itself. */
export type Origin = { id: string | null; idempotency_key: string | null };

/** One atomic piece of work on the store: it runs without waiting for anything, so nothing comes between. */
export type Tx = {
  nowMs: number;
  /** Seconds since 1970, as Stripe counts. */
  now: number;
  publicUrl: string;
  origin: Origin;
  apiVersion: string;
  get: Store["get"];
  all: Store["all"];
  put<N extends CollectionName>(collection: N, object: Collections[N]): Collections[N];
  remove: Store["remove"];
  emit(type: Stripe.Event["type"], object: { id?: string }, previous?: Record<string, unknown>): void;
  schedule(kind: Job["kind"], subject: string): void;
};

export type Transact = <T>(origin: Origin, work: (tx: Tx) => T) => T;

export type TransactionParts = {
  store: Store;
  nowMs: () => number;
  publicUrl: () => string;
  apiVersion: string;
  settleAfterMs: number;
  webhookFaults: WebhookFaults;
  /** Called after each commit: there may be something to deliver or to run. */
  committed: () => void;
};

export function openTransactions(parts: TransactionParts): Transact {
  return (origin, work) => {
    try {
      return work(beginTx(parts, origin));
    } finally {
      // A declined card is an error to the caller and a fact to keep, so an exception commits too.
      parts.store.commit();
      parts.committed();
    }
  };
}

function beginTx(
  { store, publicUrl, apiVersion, settleAfterMs, webhookFaults, ...parts }: TransactionParts,
  origin: Origin,
): Tx {
  const nowMs = parts.nowMs();
  const now = Math.floor(nowMs / 1000);
  return {
    nowMs,
    now,
    publicUrl: publicUrl(),
    origin,
    apiVersion,
    get: store.get,
    all: store.all,
    put: (collection, object) => {
      store.put(collection, object);
      return object;
    },
    remove: store.remove,
    emit: (type, object, previous) => {
      const deliveries = planDeliveries({ store, type, nowMs, faults: webhookFaults });
      const event = {
        id: newId("evt"),
        object: "event",
        api_version: apiVersion,
        created: now,
        data: { object, ...(previous && { previous_attributes: previous }) },
        livemode: false,
        pending_webhooks: deliveries.length,
        request: origin,
        type,
      } as Stripe.Event;
      store.put("events", event);
      for (const delivery of deliveries) {
        store.put(delivery.status === "pending" ? "deliveries_due" : "deliveries", { ...delivery, event: event.id });
      }
    },
    schedule: (kind, subject) => store.put("jobs", { id: newId("job"), kind, subject, runAtMs: nowMs + settleAfterMs }),
  };
}
