import type { Sql } from "@tradepost/postgres/sql";

export interface RefundRow {
  id: string;
  order_id: string;
  amount_cents: number;
  reason: string;
  requested_at: Date;
  provider_refund_id: string | null;
  refunded_at: Date | null;
}

export async function insertRefund(
  tx: Sql,
  refund: { id: string; orderId: string; amountCents: number; reason: string; requestedAt: Date },
): Promise<void> {
  await tx.query("INSERT INTO refunds (id, order_id, amount_cents, reason, requested_at) VALUES ($1, $2, $3, $4, $5)", [
    refund.id,
    refund.orderId,
    refund.amountCents,
    refund.reason,
    refund.requestedAt,
  ]);
}

/** Notes that the money went back; a refund made elsewhere (in Stripe's dashboard) is written down as it is. */
export async function completeRefund(
  tx: Sql,
  refund: {
    id: string;
    orderId: string;
    amountCents: number;
    reason: string;
    providerRefundId: string;
    refundedAt: Date;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO refunds (id, order_id, amount_cents, reason, requested_at, provider_refund_id, refunded_at)
     VALUES ($1, $2, $3, $4, $6, $5, $6)
     ON CONFLICT (id) DO UPDATE SET provider_refund_id = $5, refunded_at = $6`,
    [refund.id, refund.orderId, refund.amountCents, refund.reason, refund.providerRefundId, refund.refundedAt],
  );
}

/** What was asked back for an order so far, or went back without being asked, in minor units. */
export async function sumRefunds(tx: Sql, orderId: string): Promise<number> {
  const { rows } = await tx.query<{ cents: number }>(
    "SELECT coalesce(sum(amount_cents), 0)::bigint AS cents FROM refunds WHERE order_id = $1",
    [orderId],
  );
  return rows[0]?.cents ?? 0;
}

export async function listRefunds(sql: Sql, orderId: string): Promise<RefundRow[]> {
  const { rows } = await sql.query<RefundRow>("SELECT * FROM refunds WHERE order_id = $1 ORDER BY requested_at, id", [
    orderId,
  ]);
  return rows;
}
