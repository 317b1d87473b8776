import type { Sql } from "@tradepost/postgres/sql";

export interface StoredPasskey {
  id: string;
  userId: string;
  /** As the device names it, base64url. */
  credentialId: string;
  /** COSE. */
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  name: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  name: string;
  backed_up: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

const toPasskey = (row: PasskeyRow): StoredPasskey => ({
  ...{ id: row.id, userId: row.user_id, credentialId: row.credential_id, publicKey: new Uint8Array(row.public_key) },
  ...{ counter: Number(row.counter), transports: row.transports, name: row.name, backedUp: row.backed_up },
  ...{ createdAt: row.created_at, lastUsedAt: row.last_used_at },
});

/** The user's passkeys, the oldest first. */
export async function listPasskeys(sql: Sql, userId: string): Promise<StoredPasskey[]> {
  const { rows } = await sql.query<PasskeyRow>("SELECT * FROM passkeys WHERE user_id = $1 ORDER BY id", [userId]);
  return rows.map(toPasskey);
}

export async function findPasskey(sql: Sql, credentialId: string): Promise<StoredPasskey | null> {
  const { rows } = await sql.query<PasskeyRow>("SELECT * FROM passkeys WHERE credential_id = $1", [credentialId]);
  return rows[0] ? toPasskey(rows[0]) : null;
}

/** False when somebody has this credential already. */
export async function insertPasskey(tx: Sql, passkey: StoredPasskey): Promise<boolean> {
  const { id, userId, credentialId, publicKey, counter, transports, name, backedUp, createdAt } = passkey;
  const { rowCount } = await tx.query(
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (credential_id) DO NOTHING`,
    [id, userId, credentialId, Buffer.from(publicKey), counter, transports, name, backedUp, createdAt],
  );
  return rowCount === 1;
}

/** Notes a use; false when the device has counted no further, which a copy of it would not. */
export async function notePasskeyUse(
  sql: Sql,
  id: string,
  { counter, backedUp, at }: { counter: number; backedUp: boolean; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE passkeys SET counter = $2, backed_up = $3, last_used_at = $4
     WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))`,
    [id, counter, backedUp, at],
  );
  return rowCount === 1;
}

/** Null when the user has no such passkey. */
export async function setPasskeyName(
  sql: Sql,
  userId: string,
  { id, name }: { id: string; name: string },
): Promise<StoredPasskey | null> {
  const { rows } = await sql.query<PasskeyRow>(
    "UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING *",
    [id, userId, name],
  );
  return rows[0] ? toPasskey(rows[0]) : null;
}

export async function deletePasskey(tx: Sql, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM passkeys WHERE id = $1 AND user_id = $2", [id, userId]);
  return rowCount === 1;
}

/** All of the user's. */
export async function deletePasskeys(tx: Sql, userId: string): Promise<void> {
  await tx.query("DELETE FROM passkeys WHERE user_id = $1", [userId]);
}
