import type { Sql } from "@tradepost/postgres/sql";
import type { Preferences, User } from "../domain/user.ts";

interface UserRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
  roles: string[];
  created_at: Date;
}

const toUser = (row: UserRow): User => ({
  ...{ id: row.id, email: row.email, name: row.name, roles: row.roles },
  passwordHash: row.password_hash,
  createdAt: row.created_at,
});

/** Stores a new user; false when the address has an account already. */
export async function insertUser(sql: Sql, user: User, preferences: Preferences): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO users (id, email, name, password_hash, roles, created_at, locale, currency, marketing, sms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (email) DO NOTHING`,
    [
      ...[user.id, user.email, user.name, user.passwordHash, user.roles, user.createdAt],
      ...[preferences.locale, preferences.currency, preferences.marketing, preferences.sms],
    ],
  );
  return rowCount === 1;
}

export async function findUserByEmail(sql: Sql, email: string): Promise<User | null> {
  const { rows } = await sql.query<UserRow>("SELECT * FROM users WHERE email = $1", [email]);
  return rows[0] ? toUser(rows[0]) : null;
}

export async function findUser(sql: Sql, id: string): Promise<User | null> {
  const { rows } = await sql.query<UserRow>("SELECT * FROM users WHERE id = $1", [id]);
  return rows[0] ? toUser(rows[0]) : null;
}

export async function renameUser(sql: Sql, id: string, name: string): Promise<User | null> {
  const { rows } = await sql.query<UserRow>("UPDATE users SET name = $2 WHERE id = $1 RETURNING *", [id, name]);
  return rows[0] ? toUser(rows[0]) : null;
}

export async function setPasswordHash(sql: Sql, id: string, passwordHash: string): Promise<void> {
  await sql.query("UPDATE users SET password_hash = $2 WHERE id = $1", [id, passwordHash]);
}

/** Keeps the same password in another hash, unless the password was changed meanwhile. */
export async function replaceHash(sql: Sql, id: string, { from, to }: { from: string; to: string }): Promise<void> {
  await sql.query("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2", [id, from, to]);
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
