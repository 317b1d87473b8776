import type { Address } from "@tradepost/contracts/address";
import type { Sql } from "@tradepost/postgres/sql";
import { ENDED_STATUSES, ERASED } from "../domain/anonymity.ts";

export async function insertErasedUser(tx: Sql, userId: string, at: Date): Promise<void> {
  await tx.query("INSERT INTO erased_users (user_id, erased_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", [userId, at]);
}

/** Marks the orders of erased users, also of one whose last request stored its order after the account was gone. */
export async function markOrdersOfErased(sql: Sql): Promise<void> {
  await sql.query(
    `UPDATE orders SET erase_requested_at = e.erased_at FROM erased_users AS e
     WHERE orders.user_id = e.user_id AND erase_requested_at IS NULL`,
  );
}

export async function forgetErasedUsers(sql: Sql, erasedBefore: Date): Promise<void> {
  await sql.query("DELETE FROM erased_users WHERE erased_at < $1", [erasedBefore]);
}

const IS_DUE = `
  erase_requested_at IS NOT NULL AND anonymised_at IS NULL AND status = ANY ($1)
  AND NOT EXISTS (SELECT FROM refunds r WHERE r.order_id = orders.id AND r.refunded_at IS NULL AND r.failed_at IS NULL)`;

/** Orders of erased users that have ended and owe nobody anything. */
export async function findOrdersToAnonymise(sql: Sql, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(`SELECT id FROM orders WHERE ${IS_DUE} LIMIT $2`, [
    ENDED_STATUSES,
    limit,
  ]);
  return rows.map(({ id }) => id);
}

/** The order, locked, if it still is one of those; null when another replica was faster or a refund has begun. */
export async function lockOrderToAnonymise(tx: Sql, id: string) {
  const { rows } = await tx.query<{ shipping_address: Address; billing_address: Address }>(
    `SELECT shipping_address, billing_address FROM orders WHERE ${IS_DUE} AND id = $2 FOR UPDATE`,
    [ENDED_STATUSES, id],
  );
  const [row] = rows;
  return row ? { shippingAddress: row.shipping_address, billingAddress: row.billing_address } : null;
}

/**
 * Takes what is about a person out of a locked order and of everything that was kept beside it. Amounts, lines, dates and
 * what the addresses still say stay. The order belongs to nobody then and leads to no other.
 */
export async function anonymiseOrder(
  tx: Sql,
  id: string,
  { shippingAddress, billingAddress, at }: { shippingAddress: Address; billingAddress: Address; at: Date },
): Promise<void> {
  const addresses = [JSON.stringify(shippingAddress), JSON.stringify(billingAddress)];
  await tx.query(
    `UPDATE orders SET user_id = NULL, cart_id = id, email = $2, shipping_address = $3, billing_address = $4,
       sms_updates = false, anonymised_at = $5 WHERE id = $1`,
    [id, ERASED, ...addresses, at],
  );
  // A carrier's page shows to whom a parcel went.
  await tx.query("UPDATE shipments SET tracking_number = $2, tracking_url = NULL WHERE order_id = $1", [id, ERASED]);
  await tx.query("UPDATE refunds SET reason = $2 WHERE order_id = $1 AND requested_by IS NOT NULL", [id, ERASED]);
  await tx.query(
    "UPDATE notifications SET recipient = $2 || '-' || gen_random_uuid() WHERE order_id = $1 AND recipient NOT LIKE $2 || '-%'",
    [id, ERASED],
  );
  await dropAnswers(tx, id, addresses);
  // Whoever has handled them needs them no more.
  await tx.query("DELETE FROM outbox WHERE aggregate_id = $1 AND published_at IS NOT NULL", [id]);
}

/** A repeated request is still told that it is done, and nothing about whom it was done for; erased users repeat none. */
async function dropAnswers(tx: Sql, orderId: string, [shippingAddress, billingAddress]: string[]): Promise<void> {
  await tx.query("DELETE FROM idempotency_keys WHERE answer ->> 'id' = $1 AND caller LIKE 'user:%'", [orderId]);
  await tx.query(
    `UPDATE idempotency_keys
     SET answer = answer || jsonb_build_object('email', $2::text, 'shippingAddress', $3::jsonb, 'billingAddress', $4::jsonb,
       'shipments', '[]'::jsonb, 'refunds', '[]'::jsonb)
       || CASE WHEN answer ? 'userId' THEN '{"userId": null, "refundRequests": []}'::jsonb ELSE '{}'::jsonb END
     WHERE answer ->> 'id' = $1`,
    [orderId, ERASED, shippingAddress, billingAddress],
  );
}
