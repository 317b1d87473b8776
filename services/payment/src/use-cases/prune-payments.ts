import type { Sql } from "@tradepost/postgres/sql";
import { deleteOldRows } from "../storage/old-rows.ts";

/** Stripe sends an event again for three days, and a person may for thirty. */
const KEEP_DAYS = 35;

/**
 * Deletes what is kept only to recognise repeats: events of Stripe's, ends of orders that never had a payment, and notes
 * of refunds that were asked for. Payments, refunds and disputes stay.
 */
export const prunePayments =
  ({ sql }: { sql: Sql }) =>
  async (): Promise<number> => {
    const events = await deleteOldRows(sql, "webhook_events", KEEP_DAYS);
    const orders = await deleteOldRows(sql, "ended_orders", KEEP_DAYS);
    return events + orders + (await deleteOldRows(sql, "refund_attempts", KEEP_DAYS));
  };
