import type { Sql } from "@tradepost/postgres/sql";

const BATCH = 5_000;

const statements = {
  webhook_events: `DELETE FROM webhook_events WHERE id IN (
    SELECT id FROM webhook_events WHERE received_at < now() - make_interval(days => $1)
    ORDER BY received_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  ended_orders: `DELETE FROM ended_orders WHERE order_id IN (
    SELECT order_id FROM ended_orders WHERE ended_at < now() - make_interval(days => $1)
    ORDER BY ended_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  // Without a refund the note is all there is: it stays, for then the refund may still be asked for again.
  refund_attempts: `DELETE FROM refund_attempts WHERE refund_id IN (
    SELECT refund_id FROM refund_attempts a WHERE created_at < now() - make_interval(days => $1)
      AND EXISTS (SELECT FROM refunds r WHERE r.order_id = a.order_id AND r.refund_id = a.refund_id)
    ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
};

/** Deletes rows older than so many days in short statements. Returns how many. */
export async function deleteOldRows(sql: Sql, table: keyof typeof statements, days: number): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await sql.query(statements[table], [days]);
    total += rowCount;
    if (rowCount < BATCH) return total;
  }
}
