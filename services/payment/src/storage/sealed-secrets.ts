import type { Sealed } from "@tradepost/key-ring/vault";
import type { Sql } from "@tradepost/postgres/sql";

export interface SealedSecret {
  orderId: string;
  sealed: Sealed;
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** How many client secrets are kept under each key. */
export async function countByKey(sql: Sql): Promise<{ keyId: string; count: number }[]> {
  const { rows } = await sql.query<{ secret_key_id: string; count: number }>(
    `SELECT secret_key_id, count(*)::int AS count FROM payments
     WHERE secret_key_id IS NOT NULL GROUP BY secret_key_id ORDER BY secret_key_id`,
  );
  return rows.map(({ secret_key_id, count }) => ({ keyId: secret_key_id, count }));
}

/**
 * Locks the next client secrets that are not under the key, in the order of their orders' ids. Waits for rows that
 * somebody is changing, so that none is missed.
 */
export async function lockSecretsUnderOtherKeys(
  tx: Sql,
  keyId: string,
  page: { afterOrderId?: string | undefined; limit: number },
): Promise<SealedSecret[]> {
  const { rows } = await tx.query<{ order_id: string; client_secret: Buffer; secret_key_id: string }>(
    `SELECT order_id, client_secret, secret_key_id FROM payments
     WHERE order_id > $1 AND secret_key_id <> $2
     ORDER BY order_id LIMIT $3 FOR NO KEY UPDATE`,
    [page.afterOrderId ?? NOBODY, keyId, page.limit],
  );
  return rows.map(({ order_id, client_secret, secret_key_id }) => ({
    orderId: order_id,
    sealed: { keyId: secret_key_id, bytes: client_secret },
  }));
}

/** Stores secrets that were sealed anew. Nothing about the payments has changed, so `changed_at` stays. */
export async function replaceSecrets(tx: Sql, secrets: readonly SealedSecret[]): Promise<void> {
  await tx.query(
    `UPDATE payments SET client_secret = fresh.bytes, secret_key_id = fresh.key_id
     FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS fresh (order_id, bytes, key_id)
     WHERE payments.order_id = fresh.order_id`,
    [
      secrets.map(({ orderId }) => orderId),
      secrets.map(({ sealed }) => sealed.bytes),
      secrets.map(({ sealed }) => sealed.keyId),
    ],
  );
}
