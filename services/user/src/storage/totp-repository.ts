import type { Sealed } from "@tradepost/key-ring/vault";
import type { Sql } from "@tradepost/postgres/sql";

export interface TotpSecret {
  sealed: Sealed;
  confirmedAt: Date | null;
}

export async function findTotp(sql: Sql, userId: string): Promise<TotpSecret | null> {
  const { rows } = await sql.query<{ key_id: string; sealed: Buffer; confirmed_at: Date | null }>(
    "SELECT key_id, sealed, confirmed_at FROM totp_secrets WHERE user_id = $1",
    [userId],
  );
  const row = rows[0];
  return row ? { sealed: { keyId: row.key_id, bytes: row.sealed }, confirmedAt: row.confirmed_at } : null;
}

/** Keeps a secret that is still to be confirmed in place of an older such one; false when a confirmed one is there. */
export async function offerTotp(sql: Sql, userId: string, { keyId, bytes }: Sealed): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO totp_secrets AS kept (user_id, key_id, sealed) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET key_id = $2, sealed = $3, last_step = 0 WHERE kept.confirmed_at IS NULL`,
    [userId, keyId, bytes],
  );
  return rowCount === 1;
}

/** Confirms the secret that the code of this step was made with; false when it is not the one any more. */
export async function confirmTotpSecret(
  tx: Sql,
  userId: string,
  { sealed, step, at }: { sealed: Sealed; step: number; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE totp_secrets SET confirmed_at = $3, last_step = $4
     WHERE user_id = $1 AND sealed = $2 AND confirmed_at IS NULL`,
    [userId, sealed.bytes, at, step],
  );
  return rowCount === 1;
}

/** Uses up the codes of a step and of those before; false when they are. */
export async function takeTotpStep(sql: Sql, userId: string, step: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    "UPDATE totp_secrets SET last_step = $2 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2",
    [userId, step],
  );
  return rowCount === 1;
}

/** Keeps the same secret under another key, unless it was replaced meanwhile. */
export async function replaceTotpSeal(
  sql: Sql,
  userId: string,
  { from, to }: { from: Sealed; to: Sealed },
): Promise<void> {
  await sql.query("UPDATE totp_secrets SET key_id = $3, sealed = $4 WHERE user_id = $1 AND sealed = $2", [
    ...[userId, from.bytes, to.keyId, to.bytes],
  ]);
}

export async function deleteTotp(tx: Sql, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL", [
    userId,
  ]);
  return rowCount === 1;
}
