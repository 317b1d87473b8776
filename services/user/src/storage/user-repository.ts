import type { Locale } from "@tradepost/contracts/market";
import type { Sql } from "@tradepost/postgres/sql";
import { abandonedAt, type Preferences, type User } from "../domain/user.ts";

interface UserRow {
  id: string;
  email: string;
  verified_at: Date | null;
  name: string;
  password_hash: string;
  roles: string[];
  pin_network: boolean;
  locale: Locale;
  created_at: Date;
}

const toUser = (row: UserRow): User => ({
  ...{ id: row.id, email: row.email, name: row.name, roles: row.roles, locale: row.locale },
  verifiedAt: row.verified_at,
  passwordHash: row.password_hash,
  pinNetwork: row.pin_network,
  createdAt: row.created_at,
});

/** Stores a new user. Throws the driver's unique violation for a verified address that is owned already. */
export async function insertUser(sql: Sql, user: User, preferences: Omit<Preferences, "locale">): Promise<void> {
  await sql.query(
    `INSERT INTO users (id, email, verified_at, name, password_hash, roles, created_at, locale, currency, marketing, sms,
       abandoned_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[user.id, user.email, user.verifiedAt, user.name, user.passwordHash, user.roles, user.createdAt, user.locale],
      ...[preferences.currency, preferences.marketing, preferences.sms],
      user.verifiedAt ? null : abandonedAt(user.createdAt),
    ],
  );
}

export interface AccountsOfAddress {
  verified: User | null;
  /** The newest that has not proved the address. */
  pending: User | null;
}

export async function findAccounts(sql: Sql, email: string): Promise<AccountsOfAddress> {
  const { rows } = await sql.query<UserRow>(
    `SELECT DISTINCT ON (verified_at IS NULL) * FROM users WHERE email = $1
     ORDER BY verified_at IS NULL, created_at DESC`,
    [email],
  );
  const users = rows.map(toUser);
  return {
    verified: users.find(({ verifiedAt }) => verifiedAt !== null) ?? null,
    pending: users.find(({ verifiedAt }) => verifiedAt === null) ?? null,
  };
}

export async function findUser(sql: Sql, id: string): Promise<User | null> {
  const { rows } = await sql.query<UserRow>("SELECT * FROM users WHERE id = $1", [id]);
  return rows[0] ? toUser(rows[0]) : null;
}

/** The user, kept from other changes until the transaction ends. */
export async function lockUser(tx: Sql, id: string): Promise<User | null> {
  const { rows } = await tx.query<UserRow>("SELECT * FROM users WHERE id = $1 FOR UPDATE", [id]);
  return rows[0] ? toUser(rows[0]) : null;
}

export async function renameUser(sql: Sql, id: string, name: string): Promise<User | null> {
  const { rows } = await sql.query<UserRow>("UPDATE users SET name = $2 WHERE id = $1 RETURNING *", [id, name]);
  return rows[0] ? toUser(rows[0]) : null;
}

/** Makes the address the user's proved one. Throws the driver's unique violation when another account has proved it. */
export async function setVerifiedEmail(tx: Sql, id: string, email: string, verifiedAt: Date): Promise<void> {
  await tx.query("UPDATE users SET email = $2, verified_at = $3, abandoned_at = NULL WHERE id = $1", [
    id,
    email,
    verifiedAt,
  ]);
}

export async function setPasswordHash(tx: Sql, id: string, passwordHash: string): Promise<void> {
  await tx.query("UPDATE users SET password_hash = $2 WHERE id = $1", [id, passwordHash]);
}

/** Keeps the same password in another hash, unless the password was changed meanwhile. */
export async function replaceHash(sql: Sql, id: string, { from, to }: { from: string; to: string }): Promise<void> {
  await sql.query("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2", [id, from, to]);
}

export async function setPinNetwork(sql: Sql, id: string, pinNetwork: boolean): Promise<void> {
  await sql.query("UPDATE users SET pin_network = $2 WHERE id = $1", [id, pinNetwork]);
}

export async function deleteUser(tx: Sql, id: string): Promise<void> {
  await tx.query("DELETE FROM users WHERE id = $1", [id]);
}

export async function findPreferences(sql: Sql, id: string): Promise<Preferences | null> {
  const { rows } = await sql.query<Preferences>("SELECT locale, currency, marketing, sms FROM users WHERE id = $1", [
    id,
  ]);
  return rows[0] ?? null;
}

/** Changes the preferences that are given and answers all of them. */
export async function changePreferences(
  sql: Sql,
  id: string,
  changed: { [K in keyof Preferences]?: Preferences[K] | undefined },
): Promise<Preferences | null> {
  const { rows } = await sql.query<Preferences>(
    `UPDATE users SET locale = coalesce($2, locale), currency = coalesce($3, currency),
       marketing = coalesce($4, marketing), sms = coalesce($5, sms)
     WHERE id = $1 RETURNING locale, currency, marketing, sms`,
    [id, changed.locale ?? null, changed.currency ?? null, changed.marketing ?? null, changed.sms ?? null],
  );
  return rows[0] ?? null;
}

/** Whether a statement failed because another account has proved the address. */
export const isAddressTaken = (error: unknown): boolean =>
  (error as { code?: unknown; constraint?: unknown }).code === "23505" &&
  (error as { constraint?: unknown }).constraint === "one_verified_account_per_address";
