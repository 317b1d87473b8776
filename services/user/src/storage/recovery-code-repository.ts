import type { Sql } from "@tradepost/postgres/sql";

export async function countRecoveryCodes(sql: Sql, userId: string): Promise<number> {
  const { rows } = await sql.query<{ n: number }>("SELECT count(*)::int AS n FROM recovery_codes WHERE user_id = $1", [
    userId,
  ]);
  return rows[0]?.n ?? 0;
}

/** Puts these in place of those there are. */
export async function replaceRecoveryCodes(tx: Sql, userId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.query("DELETE FROM recovery_codes WHERE user_id = $1", [userId]);
  await tx.query("INSERT INTO recovery_codes (user_id, hash) SELECT $1, unnest($2::bytea[])", [userId, hashes]);
}

/** Uses a code up; false when there is no such code. */
export async function takeRecoveryCode(sql: Sql, userId: string, hash: Buffer): Promise<boolean> {
  const { rowCount } = await sql.query("DELETE FROM recovery_codes WHERE user_id = $1 AND hash = $2", [userId, hash]);
  return rowCount === 1;
}
