import { setTimeout as sleep } from "node:timers/promises";
import { readQueues } from "../history/read-queues.ts";
import type { Rig } from "./rig.ts";

export interface Settled {
  /** From the start of waiting until every order was terminal, event applied, mail sent and refund made. */
  quietAfterMs: number;
}

/** The shop did not come to rest; the message says what was left. */
export class Unsettled extends Error {
  override readonly name = "Unsettled";
}

export interface SettleOptions {
  /** How long orders may take to become terminal. */
  ordersWithinMs: number;
  /** How long everything together may take. */
  quietWithinMs: number;
}

/** Nothing may change for so long; longer than the sandbox's slow bank takes. */
const STILL_FOR_MS = 3_000;
const LOOK_EVERY_MS = 250;

/**
 * Waits until a healed shop has finished what it was at: no order between two states, no event unpublished or waiting,
 * no mail unsent, no hold left. Throws Unsettled.
 */
export async function settle(rig: Rig, { ordersWithinMs, quietWithinMs }: SettleOptions): Promise<Settled> {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  let areOrdersOver = false;
  let last = "";
  let stillSince = startedAt;
  for (let left: string[] = ["nothing was read yet"]; ; await sleep(LOOK_EVERY_MS)) {
    const seen = await look(rig).catch((error: Error) => ({ orders: 1, left: [error.message], fingerprint: "" }));
    areOrdersOver ||= seen.orders === 0;
    left = seen.left;
    if (!areOrdersOver && elapsed() > ordersWithinMs)
      throw new Unsettled(`after ${Math.round(ordersWithinMs / 1000)} s: ${left.join(", ")}`);
    if (elapsed() > quietWithinMs)
      throw new Unsettled(`after ${Math.round(quietWithinMs / 1000)} s: ${left.join(", ") || "still at work"}`);
    if (left.length > 0 || seen.fingerprint !== last) {
      last = seen.fingerprint;
      stillSince = performance.now();
      continue;
    }
    if (performance.now() - stillSince < STILL_FOR_MS) continue;
    const queued = await queuedMessages(rig);
    if (queued === 0) return { quietAfterMs: stillSince - startedAt };
    stillSince = performance.now();
  }
}

/** Lets the time to pay of every order that still waits run out now. */
export async function endWaiting({ order }: Rig): Promise<void> {
  await order.query("UPDATE orders SET pay_by = now() WHERE status IN ('placing', 'awaiting_payment')");
}

/**
 * How long after `mendedAt` the last of the orders placed between `since` and then became terminal. What a shopper
 * cancels later was terminal before.
 */
export async function longestRecoveryMs({ order }: Rig, since: Date, mendedAt: Date): Promise<number> {
  const { rows } = await order.query<{ last: Date | null }>(
    `SELECT max(ended_at) AS last FROM (
       SELECT min(h.at) AS ended_at FROM orders o JOIN order_history h ON h.order_id = o.id
       WHERE o.placed_at BETWEEN $1 AND $2 AND h.status IN ('confirmed', 'rejected', 'cancelled') GROUP BY o.id
     ) AS ended`,
    [since, mendedAt],
  );
  return Math.max(0, (rows[0]?.last?.getTime() ?? 0) - mendedAt.getTime());
}

interface Look {
  orders: number;
  left: string[];
  /** Changes whenever something was done. */
  fingerprint: string;
}

async function look({ order, payment, mongo, stack }: Rig): Promise<Look> {
  const [ordering, paying, holds, events] = await Promise.all([
    order.query<Record<string, number>>(`
      SELECT
        (SELECT count(*) FROM orders WHERE status IN ('placing', 'awaiting_payment'))::int AS "unfinished orders",
        (SELECT count(*) FROM outbox WHERE published_at IS NULL)::int AS "unpublished events of orders",
        (SELECT count(*) FROM notifications n WHERE sent_at IS NULL AND to_jsonb(n) ->> 'failed_at' IS NULL)::int
          AS "unsent mails",
        (SELECT count(*) FROM refunds r WHERE refunded_at IS NULL AND to_jsonb(r) ->> 'failed_at' IS NULL)::int
          AS "open refunds",
        (SELECT count(*) FROM order_history)::int + (SELECT count(*) FROM inbox)::int AS done`),
    payment.query<Record<string, number>>(`
      SELECT
        (SELECT count(*) FROM outbox WHERE published_at IS NULL)::int AS "unpublished events of payments",
        (SELECT count(*) FROM webhook_events)::int + (SELECT count(*) FROM inbox)::int AS done`),
    mongo
      .db()
      .collection("stock")
      .countDocuments({ "holds.orderId": { $gt: "" } }),
    mongo
      .db()
      .collection("reservations")
      .countDocuments({ "pendingEvents.id": { $gt: "" } }),
    ready(stack),
  ]);
  const { done: ordered = 0, ...orderCounts } = ordering.rows[0] ?? {};
  const { done: paid = 0, ...paymentCounts } = paying.rows[0] ?? {};
  const counts = { ...orderCounts, ...paymentCounts, "SKUs with holds": holds, "unpublished events of stock": events };
  return {
    orders: orderCounts["unfinished orders"] ?? 0,
    left: Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : [])),
    fingerprint: `${ordered} ${paid}`,
  };
}

/** Throws while a process of a service, or the gateway, is not up again. */
async function ready({ services, gateway }: Rig["stack"]): Promise<void> {
  if (gateway.pid() === undefined) throw new Error("the gateway is not ready");
  const replicas = Object.values(services).flatMap((service) => service.replicas);
  await Promise.all(
    replicas.map(async ({ name, operationsPort }) => {
      const answer = await fetch(`http://127.0.0.1:${operationsPort}/readyz`, { signal: AbortSignal.timeout(2_000) })
        .then(({ ok }) => ok)
        .catch(() => false);
      if (!answer) throw new Error(`${name} is not ready`);
    }),
  );
}

async function queuedMessages({ stack }: Rig): Promise<number> {
  const queues = await readQueues(stack.stores.rabbitUrl);
  return queues.filter(({ kind }) => kind !== "dead").reduce((sum, { messages }) => sum + messages, 0);
}
