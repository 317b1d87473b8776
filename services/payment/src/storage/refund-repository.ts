import type { Sql } from "@tradepost/postgres/sql";

export interface RefundAttempt {
  attempt: number;
  /** Nobody has asked Stripe for this refund before. */
  isFirst: boolean;
  /** Stripe refused it for good. */
  isRefused: boolean;
}

/** Notes that Stripe is about to be asked for a refund. */
export async function beginRefund(sql: Sql, refundId: string, orderId: string): Promise<RefundAttempt> {
  const inserted = await sql.query(
    "INSERT INTO refund_attempts (refund_id, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [refundId, orderId],
  );
  const { rows } = await sql.query<{ attempt: number; refused_at: Date | null }>(
    "SELECT attempt, refused_at FROM refund_attempts WHERE refund_id = $1",
    [refundId],
  );
  const [row] = rows;
  return { attempt: row?.attempt ?? 1, isFirst: inserted.rowCount === 1, isRefused: row?.refused_at != null };
}

/** The attempt after one that failed for good, noted before it is used. */
export async function noteNextRefundAttempt(sql: Sql, refundId: string, failedAttempt: number): Promise<void> {
  await sql.query("UPDATE refund_attempts SET attempt = greatest(attempt, $2 + 1) WHERE refund_id = $1", [
    refundId,
    failedAttempt,
  ]);
}

/** False when it was noted before. */
export async function noteRefusal(tx: Sql, refundId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "UPDATE refund_attempts SET refused_at = now() WHERE refund_id = $1 AND refused_at IS NULL",
    [refundId],
  );
  return rowCount === 1;
}

/** Whether the refund that the order service calls so was written down, as done or as failed. */
export async function hasRefund(sql: Sql, orderId: string, refundId: string): Promise<boolean> {
  const { rowCount } = await sql.query("SELECT FROM refunds WHERE order_id = $1 AND refund_id = $2", [
    orderId,
    refundId,
  ]);
  return rowCount > 0;
}

export interface NewRefund {
  providerRefundId: string;
  orderId: string;
  refundId: string | null;
  amountCents: number;
  refundedAt: Date;
}

/** Writes a refund down; false when it was before, also as failed. */
export async function insertRefund(tx: Sql, refund: NewRefund): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO refunds (provider_refund_id, order_id, refund_id, amount_cents, refunded_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [refund.providerRefundId, refund.orderId, refund.refundId, refund.amountCents, refund.refundedAt],
  );
  if (rowCount === 0) return false;
  await addRefunded(tx, refund.orderId, refund.amountCents);
  return true;
}

/** Writes down that a refund failed; false when it was before. What had counted as refunded no longer does. */
export async function failRefund(tx: Sql, refund: NewRefund, failure: string): Promise<boolean> {
  const changed = await tx.query(
    "UPDATE refunds SET failed_at = now(), failure = $2 WHERE provider_refund_id = $1 AND failed_at IS NULL",
    [refund.providerRefundId, failure],
  );
  if (changed.rowCount === 1) {
    await addRefunded(tx, refund.orderId, -refund.amountCents);
    return true;
  }
  const { rowCount } = await tx.query(
    `INSERT INTO refunds (provider_refund_id, order_id, refund_id, amount_cents, refunded_at, failed_at, failure)
     VALUES ($1, $2, $3, $4, $5, now(), $6) ON CONFLICT DO NOTHING`,
    [refund.providerRefundId, refund.orderId, refund.refundId, refund.amountCents, refund.refundedAt, failure],
  );
  return rowCount === 1;
}

async function addRefunded(tx: Sql, orderId: string, cents: number): Promise<void> {
  await tx.query("UPDATE payments SET refunded_cents = refunded_cents + $2, changed_at = now() WHERE order_id = $1", [
    orderId,
    cents,
  ]);
}

/** Which of these refunds of Stripe's were written down, and whether as failed. */
export async function findRefunds(
  sql: Sql,
  providerRefundIds: readonly string[],
): Promise<Map<string, { isFailed: boolean }>> {
  const { rows } = await sql.query<{ provider_refund_id: string; is_failed: boolean }>(
    `SELECT provider_refund_id, failed_at IS NOT NULL AS is_failed FROM refunds
     WHERE provider_refund_id = ANY($1)`,
    [providerRefundIds],
  );
  return new Map(rows.map(({ provider_refund_id, is_failed }) => [provider_refund_id, { isFailed: is_failed }]));
}
