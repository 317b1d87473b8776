import type { Sql } from "@tradepost/postgres/sql";
import type { LinkPurpose } from "../domain/link-token.ts";

export interface LinkToken {
  userId: string;
  purpose: LinkPurpose;
  /** The address it was mailed to. */
  email: string;
}

/** False when the account is gone or its password is not the hashed one any more. Waits for a change that is under way. */
export async function insertLinkToken(
  sql: Sql,
  { userId, purpose, email, hash, expiresAt }: LinkToken & { hash: Buffer; expiresAt: Date },
  passwordHash: string,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO link_tokens (hash, user_id, purpose, email, expires_at)
     SELECT $1, id, $3, $4, $5 FROM users WHERE id = $2 AND password_hash = $6 FOR SHARE`,
    [hash, userId, purpose, email, expiresAt, passwordHash],
  );
  return rowCount === 1;
}

interface LinkTokenRow {
  user_id: string;
  purpose: LinkPurpose;
  email: string;
}
const toLinkToken = ({ user_id, purpose, email }: LinkTokenRow): LinkToken => ({ userId: user_id, purpose, email });

/** Which token to look for: it must be for one of the purposes and not have expired. */
export interface LinkTokenQuery {
  hash: Buffer;
  purposes: readonly LinkPurpose[];
  now: Date;
}

export async function findLinkToken(sql: Sql, { hash, purposes, now }: LinkTokenQuery): Promise<LinkToken | null> {
  const { rows } = await sql.query<LinkTokenRow>(
    "SELECT user_id, purpose, email FROM link_tokens WHERE hash = $1 AND purpose = ANY ($2) AND expires_at > $3",
    [hash, purposes, now],
  );
  return rows[0] ? toLinkToken(rows[0]) : null;
}

/** Uses a token up. */
export async function takeLinkToken(tx: Sql, { hash, purposes, now }: LinkTokenQuery): Promise<LinkToken | null> {
  const { rows } = await tx.query<LinkTokenRow>(
    `DELETE FROM link_tokens WHERE hash = $1 AND purpose = ANY ($2) AND expires_at > $3
     RETURNING user_id, purpose, email`,
    [hash, purposes, now],
  );
  return rows[0] ? toLinkToken(rows[0]) : null;
}

/** Makes other links of the user useless, of the purposes that are named. */
export async function dropLinkTokens(tx: Sql, userId: string, purposes: readonly LinkPurpose[]): Promise<void> {
  await tx.query("DELETE FROM link_tokens WHERE user_id = $1 AND purpose = ANY ($2)", [userId, purposes]);
}

export async function pruneLinkTokens(sql: Sql, now: Date): Promise<void> {
  await sql.query("DELETE FROM link_tokens WHERE expires_at <= $1", [now]);
}
