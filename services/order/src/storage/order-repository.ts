import type { StockShortage } from "@tradepost/contracts/product";
import type { Sql } from "@tradepost/postgres/sql";
import type { Move, Order } from "../domain/order.ts";
import { assertMove } from "../domain/order-status.ts";

interface OrderRow {
  id: string;
  number: string;
  status: Order["status"];
  user_id: string | null;
  cart_id: string;
  email: string;
  locale: Order["locale"];
  currency: Order["currency"];
  shipping_address: Order["shippingAddress"];
  billing_address: Order["billingAddress"];
  lines: Order["lines"];
  discounts: Order["discounts"];
  shipping_option: Order["shippingOption"];
  subtotal_cents: number;
  shipping_cents: number;
  tax_cents: number;
  tax_included: boolean;
  total_cents: number;
  captured_cents: number;
  sms_updates: boolean;
  placed_at: Date;
  pay_by: Date;
  cancel_reason: string | null;
  shortages: Order["shortages"];
}

const toOrder = (row: OrderRow): Order => ({
  id: row.id,
  number: row.number,
  status: row.status,
  userId: row.user_id,
  cartId: row.cart_id,
  email: row.email,
  locale: row.locale,
  currency: row.currency,
  shippingAddress: row.shipping_address,
  billingAddress: row.billing_address,
  lines: row.lines,
  discounts: row.discounts,
  shippingOption: row.shipping_option,
  subtotalCents: row.subtotal_cents,
  shippingCents: row.shipping_cents,
  taxCents: row.tax_cents,
  taxIncluded: row.tax_included,
  totalCents: row.total_cents,
  capturedCents: row.captured_cents,
  smsUpdates: row.sms_updates,
  placedAt: row.placed_at,
  payBy: row.pay_by,
  cancelReason: row.cancel_reason,
  shortages: row.shortages,
});

/** Stores a new order and the first line of its history. False when its id is there already: someone else went ahead. */
export async function insertOrder(sql: Sql, order: Order): Promise<boolean> {
  const { rowCount } = await sql.query(
    `WITH placed AS (
       INSERT INTO orders (id, number, status, user_id, cart_id, email, locale, currency, shipping_address,
         billing_address, lines, discounts, shipping_option, subtotal_cents, shipping_cents, tax_cents, tax_included,
         total_cents, placed_at, pay_by, sms_updates, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $19)
       ON CONFLICT (id) DO NOTHING
       RETURNING id, status, placed_at
     )
     INSERT INTO order_history (order_id, status, reason, at) SELECT id, status, 'placed', placed_at FROM placed`,
    [
      order.id,
      order.number,
      order.status,
      order.userId,
      order.cartId,
      order.email,
      order.locale,
      order.currency,
      JSON.stringify(order.shippingAddress),
      JSON.stringify(order.billingAddress),
      JSON.stringify(order.lines),
      JSON.stringify(order.discounts),
      JSON.stringify(order.shippingOption),
      order.subtotalCents,
      order.shippingCents,
      order.taxCents,
      order.taxIncluded,
      order.totalCents,
      order.placedAt,
      order.payBy,
      order.smsUpdates,
    ],
  );
  return rowCount === 1;
}

export async function findOrder(sql: Sql, id: string): Promise<Order | null> {
  const { rows } = await sql.query<OrderRow>("SELECT * FROM orders WHERE id = $1", [id]);
  return rows[0] ? toOrder(rows[0]) : null;
}

/** Locks the order until the transaction ends, so that the rule checked in between cannot be raced. */
export async function lockOrder(tx: Sql, id: string): Promise<Order | null> {
  const { rows } = await tx.query<OrderRow>("SELECT * FROM orders WHERE id = $1 FOR UPDATE", [id]);
  return rows[0] ? toOrder(rows[0]) : null;
}

/** Moves a locked order along its state machine and writes its history. Throws 409 for a move that is not allowed. */
export async function moveOrder(tx: Sql, order: Order, move: Move, at: Date): Promise<Order> {
  const moved = await moveOrderUnlocked(tx, order, move, at);
  if (!moved) throw new Error(`order ${order.id} was moved though it is locked`);
  return moved;
}

/** As moveOrder, in one statement and without a lock; null when the order is no longer where it was when it was read. */
export async function moveOrderUnlocked(sql: Sql, order: Order, move: Move, at: Date): Promise<Order | null> {
  assertMove(order.status, move.to);
  const cancelReason = move.to === "cancelled" || move.to === "rejected" ? move.reason : order.cancelReason;
  const { rowCount } = await sql.query(
    `WITH moved AS (
       UPDATE orders SET status = $3, cancel_reason = $4, changed_at = $6 WHERE id = $1 AND status = $2
       RETURNING id, status
     )
     INSERT INTO order_history (order_id, status, reason, at) SELECT id, status, $5, $6 FROM moved`,
    [order.id, order.status, move.to, cancelReason, move.reason, at],
  );
  return rowCount === 1 ? { ...order, status: move.to, cancelReason } : null;
}

/** The shopper's orders that are more than attempts, newest first, from `beforeId` on. */
export async function listOrdersOfUser(
  sql: Sql,
  query: { userId: string; beforeId: string | null; limit: number },
): Promise<Order[]> {
  const { rows } = await sql.query<OrderRow>(
    `SELECT * FROM orders
     WHERE user_id = $1 AND status NOT IN ('placing', 'rejected') AND ($2::uuid IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [query.userId, query.beforeId, query.limit],
  );
  return rows.map(toOrder);
}

/** As listOrdersOfUser, with the attempts that became nothing. */
export async function listEveryOrderOfUser(
  sql: Sql,
  query: { userId: string; beforeId: string | null; limit: number },
): Promise<Order[]> {
  const { rows } = await sql.query<OrderRow>(
    "SELECT * FROM orders WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
    [query.userId, query.beforeId, query.limit],
  );
  return rows.map(toOrder);
}

/** Every state an order has been in, oldest first. */
export async function listHistory(sql: Sql, orderId: string): Promise<(Move & { at: Date })[]> {
  const { rows } = await sql.query<{ status: Order["status"]; reason: string; at: Date }>(
    "SELECT status, reason, at FROM order_history WHERE order_id = $1 ORDER BY seq",
    [orderId],
  );
  return rows.map(({ status, reason, at }) => ({ to: status, reason, at }));
}

/** Notes what the payment service has captured for an order, in minor units of its currency. */
export async function noteCapture(tx: Sql, id: string, capturedCents: number): Promise<void> {
  await tx.query("UPDATE orders SET captured_cents = greatest(captured_cents, $2) WHERE id = $1", [id, capturedCents]);
}

/** Notes what could not be held for an order that is being rejected. */
export async function noteShortages(tx: Sql, id: string, shortages: readonly StockShortage[]): Promise<void> {
  await tx.query("UPDATE orders SET shortages = $2 WHERE id = $1", [id, JSON.stringify(shortages)]);
}

/**
 * Orders nobody finished: still `placing` though untouched since `idleSince`. They are touched by this, so that other
 * replicas leave them alone for as long.
 */
export async function takeStuckOrders(sql: Sql, idleSince: Date, now: Date, limit: number): Promise<Order[]> {
  const { rows } = await sql.query<OrderRow>(
    `UPDATE orders SET changed_at = $2 WHERE id IN (
       SELECT id FROM orders WHERE status = 'placing' AND changed_at < $1
       ORDER BY placed_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING *`,
    [idleSince, now, limit],
  );
  return rows.map(toOrder);
}

/** Ids of orders whose time to pay has run out. */
export async function findOverdueOrders(sql: Sql, payBefore: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "SELECT id FROM orders WHERE status IN ('placing', 'awaiting_payment') AND pay_by < $1 ORDER BY pay_by LIMIT $2",
    [payBefore, limit],
  );
  return rows.map(({ id }) => id);
}
