import type { Currency } from "@tradepost/contracts/money";
import type { PaymentStatus } from "@tradepost/contracts/payment";
import type { Sealed } from "@tradepost/key-ring/vault";
import type { Sql } from "@tradepost/postgres/sql";
import type { ChangePosition } from "@tradepost/service-runtime/list-page";

export interface Payment {
  orderId: string;
  orderNumber: string;
  /** Null until Stripe has answered. */
  intent: { id: string; clientSecret: Sealed } | null;
  amountCents: number;
  currency: Currency;
  status: PaymentStatus;
  capturedCents: number;
  refundedCents: number;
  lastError: string | null;
  /** Which attempt at making the intent is under way, from 1. */
  intentAttempt: number;
  createdAt: Date;
  changedAt: Date;
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
  captured_cents: number;
  refunded_cents: number;
  last_error: string | null;
  intent_attempt: number;
  created_at: Date;
  changed_at: Date;
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
  capturedCents: row.captured_cents,
  refundedCents: row.refunded_cents,
  lastError: row.last_error,
  intentAttempt: row.intent_attempt,
  createdAt: row.created_at,
  changedAt: row.changed_at,
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
  const { rows } = await tx.query<PaymentRow>(
    `INSERT INTO payments (order_id, order_number, amount_cents, currency, status)
     SELECT $1, $2, $3, $4, 'awaiting' WHERE NOT EXISTS (SELECT FROM ended_orders WHERE order_id = $1)
     ON CONFLICT (order_id) DO NOTHING
     RETURNING *`,
    [payment.orderId, payment.orderNumber, payment.amountCents, payment.currency],
  );
  return rows[0] ? toPayment(rows[0]) : findPayment(tx, payment.orderId);
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

/**
 * Notes the PaymentIntent that Stripe made; the first one noted stays. Returns the payment as it is now: its intent is
 * another one when somebody else's attempt was faster.
 */
export async function storeIntent(
  sql: Sql,
  orderId: string,
  intent: { id: string; clientSecret: Sealed },
): Promise<Payment> {
  const { rows } = await sql.query<PaymentRow>(
    `UPDATE payments SET intent_id = $2, client_secret = $3, secret_key_id = $4, changed_at = now()
     WHERE order_id = $1 AND (intent_id IS NULL OR intent_id = $2) RETURNING *`,
    [orderId, intent.id, intent.clientSecret.bytes, intent.clientSecret.keyId],
  );
  const payment = rows[0] ? toPayment(rows[0]) : await findPayment(sql, orderId);
  if (!payment) throw new Error(`the payment of order ${orderId} is missing`);
  return payment;
}

/** The attempt after one that failed for good, noted before it is used. Whoever comes later is given the same one. */
export async function noteNextAttempt(sql: Sql, orderId: string, failedAttempt: number): Promise<number> {
  const { rows } = await sql.query<{ intent_attempt: number }>(
    `UPDATE payments SET intent_attempt = greatest(intent_attempt, $2 + 1) WHERE order_id = $1
     RETURNING intent_attempt`,
    [orderId, failedAttempt],
  );
  if (!rows[0]) throw new Error(`the payment of order ${orderId} is missing`);
  return rows[0].intent_attempt;
}

export async function setCancelled(tx: Sql, orderId: string): Promise<void> {
  await tx.query(
    "UPDATE payments SET status = 'cancelled', last_error = NULL, changed_at = now() WHERE order_id = $1",
    [orderId],
  );
}

export async function setCaptured(tx: Sql, orderId: string, cents: number): Promise<void> {
  await tx.query(
    `UPDATE payments SET status = 'captured', captured_cents = $2, last_error = NULL, changed_at = now()
     WHERE order_id = $1`,
    [orderId, cents],
  );
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

/** Payments by the ids of their orders. */
export async function findPayments(sql: Sql, orderIds: readonly string[]): Promise<Map<string, Payment>> {
  const { rows } = await sql.query<PaymentRow>("SELECT * FROM payments WHERE order_id = ANY($1)", [orderIds]);
  return new Map(rows.map((row) => [row.order_id, toPayment(row)]));
}

/** Which of these PaymentIntents are ours, each with its order's id. */
export async function findOrdersOfIntents(sql: Sql, intentIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ intent_id: string; order_id: string }>(
    "SELECT intent_id, order_id FROM payments WHERE intent_id = ANY($1)",
    [intentIds],
  );
  return new Map(rows.map(({ intent_id, order_id }) => [intent_id, order_id]));
}

/** Where a list of payments by the time they were made goes on: after this one. */
export interface MadePosition {
  /** As the database writes it, exact to the microsecond. */
  madeAt: string;
  orderId: string;
}

/** Payments made in a time that have an intent, oldest first. */
export async function listPaymentsMade(
  sql: Sql,
  { since, until, after, limit }: { since: Date; until: Date; after: MadePosition | null; limit: number },
): Promise<(Payment & MadePosition)[]> {
  const { rows } = await sql.query<PaymentRow & { made_at: string }>(
    `SELECT *, created_at::text AS made_at FROM payments
     WHERE created_at >= $1 AND created_at < $2 AND intent_id IS NOT NULL
       AND ($3::timestamptz IS NULL OR (created_at, order_id) > ($3, $4::uuid))
     ORDER BY created_at, order_id LIMIT $5`,
    [since, until, after?.madeAt ?? null, after?.orderId ?? null, limit],
  );
  return rows.map((row) => ({ ...toPayment(row), madeAt: row.made_at }));
}

/** Payments last changed in a time, oldest change first. */
export async function listPaymentsChanged(
  sql: Sql,
  { since, until, after, limit }: { since: Date; until: Date; after: ChangePosition | null; limit: number },
): Promise<(Payment & ChangePosition)[]> {
  const { rows } = await sql.query<PaymentRow & { changed_at_micros: number }>(
    `SELECT *, (extract(epoch FROM changed_at) * 1000000)::bigint AS changed_at_micros FROM payments
     WHERE changed_at >= $1 AND changed_at < $2
       AND ($3::bigint IS NULL
         OR (changed_at, order_id) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid))
     ORDER BY changed_at, order_id LIMIT $5`,
    [since, until, after?.changedAtMicros ?? null, after?.orderId ?? null, limit],
  );
  return rows.map((row) => ({ ...toPayment(row), changedAtMicros: row.changed_at_micros }));
}
