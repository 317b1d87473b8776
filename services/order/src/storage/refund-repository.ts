import type { Sql } from "@tradepost/postgres/sql";
import type { RefundFate } from "../domain/refund.ts";

export interface RefundRow {
  id: string;
  order_id: string;
  amount_cents: number;
  reason: string;
  requested_at: Date;
  requested_by: string | null;
  provider_refund_id: string | null;
  refunded_at: Date | null;
  failed_at: Date | null;
  failure: string | null;
}

export async function insertRefund(
  tx: Sql,
  refund: {
    id: string;
    orderId: string;
    amountCents: number;
    reason: string;
    requestedAt: Date;
    requestedBy: string | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO refunds (id, order_id, amount_cents, reason, requested_at, requested_by)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [refund.id, refund.orderId, refund.amountCents, refund.reason, refund.requestedAt, refund.requestedBy],
  );
}

export interface SettledRefund {
  id: string;
  orderId: string;
  amountCents: number;
  reason: string;
  /** Null for one that the provider refused at once. */
  providerRefundId: string | null;
  at: Date;
}

/**
 * Notes that the money went back, and how much; a refund made elsewhere (in Stripe's dashboard) is written down as it
 * is. The order must be locked.
 */
export async function completeRefund(tx: Sql, refund: SettledRefund & { providerRefundId: string }): Promise<void> {
  await findOrAddRefund(tx, refund);
  await tx.query(
    `UPDATE refunds SET amount_cents = $3, provider_refund_id = $2, refunded_at = $4
     WHERE id = $1 OR provider_refund_id = $2`,
    [refund.id, refund.providerRefundId, refund.amountCents, refund.at],
  );
}

/** Notes that the money did not go back after all, which stays so whatever is told later. The order must be locked. */
export async function failRefund(tx: Sql, refund: SettledRefund, failure: string): Promise<void> {
  await findOrAddRefund(tx, refund);
  await tx.query(
    `UPDATE refunds SET provider_refund_id = coalesce($2, provider_refund_id), failed_at = $3, failure = $4
     WHERE id = $1 OR provider_refund_id = $2`,
    [refund.id, refund.providerRefundId, refund.at, failure],
  );
}

async function findOrAddRefund(tx: Sql, refund: SettledRefund): Promise<void> {
  await tx.query(
    `INSERT INTO refunds (id, order_id, amount_cents, reason, requested_at, provider_refund_id)
     VALUES ($1, $2, $3, $4, $6, $5) ON CONFLICT DO NOTHING`,
    [refund.id, refund.orderId, refund.amountCents, refund.reason, refund.providerRefundId, refund.at],
  );
}

/** What was asked back for an order so far, or went back without being asked, in minor units; not what failed. */
export async function sumRefunds(sql: Sql, orderId: string): Promise<number> {
  const { rows } = await sql.query<{ cents: number }>(
    "SELECT coalesce(sum(amount_cents), 0)::bigint AS cents FROM refunds WHERE order_id = $1 AND failed_at IS NULL",
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

export const fateOf = (
  row: Pick<RefundRow, "amount_cents" | "requested_at" | "failed_at" | "provider_refund_id">,
): RefundFate => ({
  amountCents: row.amount_cents,
  requestedAt: row.requested_at,
  failedAt: row.failed_at,
  wasTaken: row.provider_refund_id !== null,
});
