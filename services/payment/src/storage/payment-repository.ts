import type { Currency } from "@tradepost/contracts/money";
import type { PaymentStatus } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import type { SealedToken } from "./token-vault.ts";

export interface Payment {
  orderId: string;
  orderNumber: string;
  /** Null until Stripe has answered. */
  intent: { id: string; clientSecret: SealedToken } | null;
  amountCents: number;
  currency: Currency;
  status: PaymentStatus;
  refundedCents: number;
  lastError: string | null;
}

interface PaymentRow {
  order_id: string;
  order_number: string;
  intent_id: string | null;
  client_secret: Buffer | null;
  secret_key_id: string | null;
  amount_cents: number;
  currency: Currency;
  status: PaymentStatus;
  refunded_cents: number;
  last_error: string | null;
}

const toPayment = (row: PaymentRow): Payment => ({
  orderId: row.order_id,
  orderNumber: row.order_number,
  intent:
    row.intent_id && row.client_secret && row.secret_key_id
      ? { id: row.intent_id, clientSecret: { keyId: row.secret_key_id, bytes: row.client_secret } }
      : null,
  amountCents: row.amount_cents,
  currency: row.currency,
  status: row.status,
  refundedCents: row.refunded_cents,
  lastError: row.last_error,
});

/**
 * Keeps everybody else away from an order's payment until the transaction ends, also while it has none yet: a payment
 * that is being made and an order that is just ending must see each other.
 */
async function lockOrderId(tx: Sql, orderId: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [orderId]);
}

/** The order's payment, made now unless it was before; null when the order had ended before it had one. */
export async function openPayment(
  tx: Sql,
  payment: { orderId: string; orderNumber: string; amountCents: number; currency: Currency },
): Promise<Payment | null> {
  await lockOrderId(tx, payment.orderId);
  await tx.query(
    `INSERT INTO payments (order_id, order_number, amount_cents, currency, status)
     SELECT $1, $2, $3, $4, 'awaiting' WHERE NOT EXISTS (SELECT FROM ended_orders WHERE order_id = $1)
     ON CONFLICT (order_id) DO NOTHING`,
    [payment.orderId, payment.orderNumber, payment.amountCents, payment.currency],
  );
  return findPayment(tx, payment.orderId);
}

export async function findPayment(sql: Sql, orderId: string): Promise<Payment | null> {
  const { rows } = await sql.query<PaymentRow>("SELECT * FROM payments WHERE order_id = $1", [orderId]);
  return rows[0] ? toPayment(rows[0]) : null;
}

/** Locks the payment until the transaction ends. */
export async function lockPayment(tx: Sql, orderId: string): Promise<Payment | null> {
  const { rows } = await tx.query<PaymentRow>("SELECT * FROM payments WHERE order_id = $1 FOR UPDATE", [orderId]);
  return rows[0] ? toPayment(rows[0]) : null;
}

/** Locks the payment that a PaymentIntent belongs to; null for an intent that is not ours. */
export async function lockPaymentOfIntent(tx: Sql, intentId: string): Promise<Payment | null> {
  const { rows } = await tx.query<PaymentRow>("SELECT * FROM payments WHERE intent_id = $1 FOR UPDATE", [intentId]);
  return rows[0] ? toPayment(rows[0]) : null;
}

/** Notes the PaymentIntent that Stripe made. Repeating it changes nothing: Stripe gives one intent per order. */
export async function storeIntent(
  sql: Sql,
  orderId: string,
  intent: { id: string; clientSecret: SealedToken },
): Promise<Payment> {
  const { rows } = await sql.query<PaymentRow>(
    `UPDATE payments SET intent_id = $2, client_secret = $3, secret_key_id = $4, changed_at = now()
     WHERE order_id = $1 RETURNING *`,
    [orderId, intent.id, intent.clientSecret.bytes, intent.clientSecret.keyId],
  );
  if (!rows[0]) throw new Error(`the payment of order ${orderId} is missing`);
  return toPayment(rows[0]);
}

export async function setStatus(tx: Sql, orderId: string, status: PaymentStatus): Promise<void> {
  await tx.query("UPDATE payments SET status = $2, last_error = NULL, changed_at = now() WHERE order_id = $1", [
    orderId,
    status,
  ]);
}

export async function setLastError(tx: Sql, orderId: string, code: string): Promise<void> {
  await tx.query("UPDATE payments SET last_error = $2, changed_at = now() WHERE order_id = $1", [orderId, code]);
}

/** No payment may be made for this order any more. */
export async function noteEndedOrder(tx: Sql, orderId: string): Promise<void> {
  await lockOrderId(tx, orderId);
  await tx.query("INSERT INTO ended_orders (order_id) VALUES ($1) ON CONFLICT DO NOTHING", [orderId]);
}

/** False when the event was claimed before. */
export async function claimWebhookEvent(tx: Sql, event: { id: string; type: string; at: Date }): Promise<boolean> {
  const { rowCount } = await tx.query(
    "INSERT INTO webhook_events (id, type, occurred_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [event.id, event.type, event.at],
  );
  return rowCount === 1;
}

/** Whether the refund that the order service calls so was written down. */
export async function hasRefund(sql: Sql, orderId: string, refundId: string): Promise<boolean> {
  const { rowCount } = await sql.query("SELECT FROM refunds WHERE order_id = $1 AND refund_id = $2", [
    orderId,
    refundId,
  ]);
  return rowCount > 0;
}

/** Writes a refund down; false when it was before. */
export async function insertRefund(
  tx: Sql,
  refund: { providerRefundId: string; orderId: string; refundId: string | null; amountCents: number; refundedAt: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO refunds (provider_refund_id, order_id, refund_id, amount_cents, refunded_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [refund.providerRefundId, refund.orderId, refund.refundId, refund.amountCents, refund.refundedAt],
  );
  if (rowCount === 0) return false;
  await tx.query("UPDATE payments SET refunded_cents = refunded_cents + $2, changed_at = now() WHERE order_id = $1", [
    refund.orderId,
    refund.amountCents,
  ]);
  return true;
}
