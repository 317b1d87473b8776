import type { Sql } from "@tradepost/postgres/sql";

/** Keeps the devices one account was used from; true when this one is new. */
export async function rememberDevice(tx: Sql, userId: string, keyHash: string, since: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "INSERT INTO known_devices (user_id, key_hash, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [userId, keyHash, since],
  );
  return rowCount === 1;
}

export async function listDevices(sql: Sql, userId: string): Promise<{ since: Date }[]> {
  const { rows } = await sql.query<{ since: Date }>(
    "SELECT since FROM known_devices WHERE user_id = $1 ORDER BY since",
    [userId],
  );
  return rows;
}
