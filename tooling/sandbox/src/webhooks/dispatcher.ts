import type { Store } from "../storage/store.ts";
import type { Delivery } from "./delivery.ts";
import { signPayload } from "./sign.ts";

export type Dispatcher = {
  /** Sends what is due now, and sets the clock for what comes later. */
  wake(): void;
  /** Stops; attempts under way are cut and stay pending in the store. */
  close(): Promise<void>;
};

export type DispatcherParts = {
  store: Store;
  nowMs: () => number;
  /** Waits after the first, second, … failed attempt; after the last one the delivery has failed. */
  retryDelaysMs: number[];
  timeoutMs: number;
};

const maxUnderWay = 64;
/** What somebody who does not know the endpoint's secret signs with. */
const FORGERS_SECRET = "whsec_forged";

/** Delivers events to webhook endpoints: at once, at least once, in parallel and so without a promised order. */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { store, nowMs } = parts;
  const underWay = new Map<string, Promise<void>>();
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const wake = () => {
    clearTimeout(timer);
    // With all places taken, the next attempt to end looks again.
    if (stop.signal.aborted || underWay.size >= maxUnderWay) return;
    const waiting = store
      .all("deliveries_due")
      .filter(({ id }) => !underWay.has(id))
      .sort((a, b) => a.dueAtMs - b.dueAtMs);
    const due = waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs());
    for (const delivery of due.slice(0, maxUnderWay - underWay.size)) {
      underWay.set(
        delivery.id,
        attempt(parts, delivery, stop.signal).finally(() => {
          underWay.delete(delivery.id);
          wake();
        }),
      );
    }
    const next = waiting[due.length];
    if (next) timer = setTimeout(wake, next.dueAtMs - nowMs()).unref();
  };
  return {
    wake,
    close: async () => {
      stop.abort();
      clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}

async function attempt(parts: DispatcherParts, delivery: Delivery, stop: AbortSignal): Promise<void> {
  const { store, nowMs } = parts;
  const at = new Date(nowMs()).toISOString();
  const outcome = await send(parts, delivery, stop);
  // Gone when the sandbox was reset or its endpoint deleted meanwhile; cut short when it stops.
  const current = store.get("deliveries_due", delivery.id);
  if (stop.aborted || !current) return;
  const attempts = [...current.attempts, { at, ...outcome }];
  const delivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
  const delayMs = current.forged ? undefined : parts.retryDelaysMs[attempts.length - 1];
  if (delivered || delayMs === undefined) {
    store.remove("deliveries_due", current.id);
    const ended = current.forged ? "refused" : "failed";
    store.put("deliveries", { ...current, status: delivered ? "delivered" : ended, attempts });
  } else {
    store.put("deliveries_due", { ...current, attempts, dueAtMs: nowMs() + delayMs });
  }
  if (delivered && !current.forged) {
    countDown(store, current.event);
    releaseHeld(store, current, nowMs());
  }
  store.commit();
}

async function send(
  { store, nowMs, timeoutMs }: DispatcherParts,
  delivery: Delivery,
  stop: AbortSignal,
): Promise<{ status: number | null; error?: string }> {
  const endpoint = store.get("webhook_endpoints", delivery.endpoint);
  const secret = store.get("webhook_secrets", delivery.endpoint)?.secret;
  if (!endpoint || secret === undefined) return { status: null, error: "the endpoint was deleted" };
  const event = store.get("events", delivery.event);
  const told = delivery.forged ? { ...event, id: `${event?.id}_${delivery.id}` } : event;
  const payload = JSON.stringify(told, null, 2);
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signPayload(payload, delivery.forged ? FORGERS_SECRET : secret, nowMs()),
      },
      body: payload,
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return { status: response.status };
  } catch (error) {
    return { status: null, error: describe(error) };
  }
}

function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

function countDown(store: Store, eventId: string): void {
  const event = store.get("events", eventId);
  if (event) store.put("events", { ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
}

function releaseHeld(store: Store, delivered: Delivery, nowMs: number): void {
  const held = store
    .all("deliveries_due")
    .filter(({ held, endpoint, event }) => held && endpoint === delivered.endpoint && event !== delivered.event);
  for (const delivery of held) store.put("deliveries_due", { ...delivery, dueAtMs: nowMs });
}
