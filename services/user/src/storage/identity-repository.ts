import type { Sql } from "@tradepost/postgres/sql";

export interface Identity {
  providerId: string;
  /** What the provider calls the person, for good. */
  subject: string;
  userId: string;
  linkedAt: Date;
}

interface IdentityRow {
  provider_id: string;
  subject: string;
  user_id: string;
  linked_at: Date;
}

const toIdentity = ({ provider_id, subject, user_id, linked_at }: IdentityRow): Identity => ({
  ...{ providerId: provider_id, subject, userId: user_id, linkedAt: linked_at },
});

export async function findIdentity(sql: Sql, providerId: string, subject: string): Promise<Identity | null> {
  const { rows } = await sql.query<IdentityRow>("SELECT * FROM identities WHERE provider_id = $1 AND subject = $2", [
    providerId,
    subject,
  ]);
  return rows[0] ? toIdentity(rows[0]) : null;
}

export async function listIdentities(sql: Sql, userId: string): Promise<Identity[]> {
  const { rows } = await sql.query<IdentityRow>("SELECT * FROM identities WHERE user_id = $1 ORDER BY linked_at", [
    userId,
  ]);
  return rows.map(toIdentity);
}

/** False when the person at the provider, or the user at this provider, is linked already. */
export async function insertIdentity(tx: Sql, { providerId, subject, userId, linkedAt }: Identity): Promise<boolean> {
  const { rowCount } = await tx.query(
    "INSERT INTO identities (provider_id, subject, user_id, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    [providerId, subject, userId, linkedAt],
  );
  return rowCount === 1;
}

export async function deleteIdentity(tx: Sql, userId: string, providerId: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM identities WHERE user_id = $1 AND provider_id = $2", [
    userId,
    providerId,
  ]);
  return rowCount === 1;
}

/** All of the user's. */
export async function deleteIdentities(tx: Sql, userId: string): Promise<void> {
  await tx.query("DELETE FROM identities WHERE user_id = $1", [userId]);
}
