import type { Sql } from "@tradepost/postgres/sql";

/** Who is an admin, kept from changes until the transaction ends, so that two cannot take each other's role away. */
export async function lockAdmins(tx: Sql): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM users WHERE roles <> '{}' AND 'admin' = ANY (roles) ORDER BY id FOR UPDATE",
  );
  return rows.map(({ id }) => id);
}

export async function updateRoles(tx: Sql, userId: string, roles: readonly string[]): Promise<void> {
  await tx.query("UPDATE users SET roles = $2 WHERE id = $1", [userId, roles]);
}

/** None for somebody whose account is gone. */
export async function rolesOf(sql: Sql, userId: string): Promise<string[]> {
  const { rows } = await sql.query<{ roles: string[] }>("SELECT roles FROM users WHERE id = $1", [userId]);
  return rows[0]?.roles ?? [];
}
