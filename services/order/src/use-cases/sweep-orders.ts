import type { Sql } from "@tradepost/postgres/sql";
import type { Order } from "../domain/order.ts";
import { deleteOldKeys } from "../storage/idempotency-repository.ts";
import { findOverdueOrders, takeStuckOrders } from "../storage/order-repository.ts";

export interface SweepOrdersDeps {
  sql: Sql;
  finishPlacing: (order: Order) => Promise<unknown>;
  expireOrder: (orderId: string) => Promise<void>;
  anonymiseOrders: () => Promise<number>;
  now: () => Date;
  /** How long a request may work on an order before the sweeper continues it. */
  stuckAfterMs: number;
  onFailure: (orderId: string, error: unknown) => void;
}

const BATCH = 50;

/** Continues orders whose request died, ends those whose time to pay is over, forgets whom it must. Safe in every replica at once. */
export const sweepOrders =
  ({ sql, finishPlacing, expireOrder, anonymiseOrders, now, stuckAfterMs, onFailure }: SweepOrdersDeps) =>
  async (): Promise<{ resumed: number; expired: number; anonymised: number }> => {
    const overdue = await findOverdueOrders(sql, now(), BATCH);
    await Promise.all(overdue.map((id) => expireOrder(id).catch((error: unknown) => onFailure(id, error))));
    const stuck = await takeStuckOrders(sql, new Date(now().getTime() - stuckAfterMs), now(), BATCH);
    for (const order of stuck) await finishPlacing(order).catch((error: unknown) => onFailure(order.id, error));
    await deleteOldKeys(sql);
    return { resumed: stuck.length, expired: overdue.length, anonymised: await anonymiseOrders() };
  };
