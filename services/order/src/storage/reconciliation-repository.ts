import type { OrderStatus } from "@tradepost/contracts/order";
import type { StockLine } from "@tradepost/contracts/product";
import type { Sql } from "@tradepost/postgres/sql";
import type { ChangePosition } from "@tradepost/service-runtime/list-page";
import type { OrderStanding } from "../domain/compare-payment.ts";
import type { RefundFate } from "../domain/refund.ts";
import { fateOf, type RefundRow } from "./refund-repository.ts";

export interface Period {
  since: Date;
  until: Date;
}

export interface ChangedOrder extends ChangePosition {
  status: OrderStatus;
  lines: StockLine[];
  changedAt: Date;
}

/** Orders last changed in a time, oldest change first. */
export async function listOrdersChanged(
  sql: Sql,
  { since, until, after, limit }: Period & { after: ChangePosition | null; limit: number },
): Promise<ChangedOrder[]> {
  const { rows } = await sql.query<{
    id: string;
    status: OrderStatus;
    lines: StockLine[];
    changed_at: Date;
    micros: number;
  }>(
    `SELECT id, status, lines, changed_at, (extract(epoch FROM changed_at) * 1000000)::bigint AS micros FROM orders
     WHERE changed_at >= $1 AND changed_at < $2
       AND ($3::bigint IS NULL
         OR (changed_at, id) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid))
     ORDER BY changed_at, id LIMIT $5`,
    [since, until, after?.changedAtMicros ?? null, after?.orderId ?? null, limit],
  );
  return rows.map(({ id, status, lines, changed_at, micros }) => ({
    orderId: id,
    status,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    changedAt: changed_at,
    changedAtMicros: micros,
  }));
}

/** How these orders stand, by their ids. */
export async function findOrderStandings(sql: Sql, ids: readonly string[]): Promise<Map<string, OrderStanding>> {
  const { rows } = await sql.query<{
    id: string;
    status: OrderStatus;
    total_cents: number;
    refunds_cents: number;
    has_failed_refund: boolean;
  }>(
    `SELECT o.id, o.status, o.total_cents,
       coalesce(sum(r.amount_cents) FILTER (WHERE r.failed_at IS NULL), 0)::bigint AS refunds_cents,
       coalesce(bool_or(r.failed_at IS NOT NULL), false) AS has_failed_refund
     FROM orders o LEFT JOIN refunds r ON r.order_id = o.id
     WHERE o.id = ANY($1) GROUP BY o.id`,
    [ids],
  );
  return new Map(
    rows.map(({ id, status, total_cents, refunds_cents, has_failed_refund }) => [
      id,
      { status, totalCents: total_cents, refundsCents: refunds_cents, hasFailedRefund: has_failed_refund },
    ]),
  );
}

/** When an order was confirmed, as the database writes it, exact to the microsecond. */
export interface Confirmation {
  orderId: string;
  confirmedAt: string;
}

/** The orders that were confirmed in a time, oldest confirmation first, after the given one. */
export async function listOrdersConfirmed(
  sql: Sql,
  { since, until, after, limit }: Period & { after: Confirmation | null; limit: number },
): Promise<Confirmation[]> {
  const { rows } = await sql.query<Confirmation>(
    `SELECT order_id AS "orderId", at::text AS "confirmedAt" FROM order_history
     WHERE status = 'confirmed' AND at >= $1 AND at < $2
       AND ($3::timestamptz IS NULL OR (at, order_id) > ($3, $4::uuid))
     ORDER BY at, order_id LIMIT $5`,
    [since, until, after?.confirmedAt ?? null, after?.orderId ?? null, limit],
  );
  return rows;
}

export interface UnsettledRefund {
  id: string;
  orderId: string;
  amountCents: number;
  reason: string;
  requestedAt: Date;
  /** When it was last asked for. */
  askedAt: Date;
}

interface UnsettledRefundRow {
  id: string;
  order_id: string;
  amount_cents: number;
  reason: string;
  requested_at: Date;
  asked_at: Date;
}

const unsettled = `SELECT id, order_id, amount_cents, reason, requested_at, coalesce(repeated_at, requested_at) AS asked_at
  FROM refunds WHERE refunded_at IS NULL AND failed_at IS NULL`;

const toUnsettled = (row: UnsettledRefundRow): UnsettledRefund => ({
  id: row.id,
  orderId: row.order_id,
  amountCents: row.amount_cents,
  reason: row.reason,
  requestedAt: row.requested_at,
  askedAt: row.asked_at,
});

/** Refunds asked for before that time of which nothing was heard, oldest first. */
export async function listUnsettledRefunds(sql: Sql, requestedBefore: Date, limit: number): Promise<UnsettledRefund[]> {
  const { rows } = await sql.query<UnsettledRefundRow>(
    `${unsettled} AND requested_at < $1 ORDER BY requested_at LIMIT $2`,
    [requestedBefore, limit],
  );
  return rows.map(toUnsettled);
}

/** Notes that a refund is asked for again, unless it was since that time, or was settled. */
export async function noteRepeat(tx: Sql, id: string, askedBefore: Date, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE refunds SET repeated_at = $3
     WHERE id = $1 AND refunded_at IS NULL AND failed_at IS NULL AND coalesce(repeated_at, requested_at) < $2`,
    [id, askedBefore, at],
  );
  return rowCount === 1;
}

export interface FailedOrder {
  orderId: string;
  capturedCents: number;
  currency: string;
  /** All refunds of the order, those that went well too. */
  refunds: RefundFate[];
}

/** The orders of which a refund has failed since that time, the latest failure first. */
export async function listOrdersWithFailedRefunds(sql: Sql, failedSince: Date, limit: number): Promise<FailedOrder[]> {
  const { rows } = await sql.query<RefundRow & { captured_cents: number; currency: string }>(
    `SELECT r.*, o.captured_cents, o.currency FROM refunds r JOIN orders o ON o.id = r.order_id
     WHERE r.order_id IN (SELECT order_id FROM refunds WHERE failed_at >= $1 ORDER BY failed_at DESC LIMIT $2)`,
    [failedSince, limit],
  );
  return [...Map.groupBy(rows, ({ order_id }) => order_id)].flatMap(([orderId, [first, ...others]]) =>
    first
      ? {
          ...{ orderId, capturedCents: first.captured_cents, currency: first.currency },
          refunds: [first, ...others].map(fateOf),
        }
      : [],
  );
}
