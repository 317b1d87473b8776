import type { Sql } from "@tradepost/postgres/sql";

const BATCH = 100;

/** Accounts that count as abandoned by now, the longest first; a batch of them. */
export async function findAbandoned(sql: Sql, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "SELECT id FROM users WHERE abandoned_at <= $1 ORDER BY abandoned_at LIMIT $2",
    [now, BATCH],
  );
  return rows.map(({ id }) => id);
}

/** Keeps the account from changes until the transaction ends; false when it is gone or not abandoned any more. */
export async function lockAbandoned(tx: Sql, userId: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query("SELECT 1 FROM users WHERE id = $1 AND abandoned_at <= $2 FOR UPDATE", [
    userId,
    now,
  ]);
  return rowCount === 1;
}

/** Puts the date off, if there is one. */
export async function setAbandonedAt(sql: Sql, userId: string, at: Date): Promise<void> {
  await sql.query("UPDATE users SET abandoned_at = $2 WHERE id = $1 AND abandoned_at IS NOT NULL", [userId, at]);
}
