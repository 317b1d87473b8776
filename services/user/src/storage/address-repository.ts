import type { Address } from "@tradepost/contracts/address";
import type { SavedAddress } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";

interface AddressRow {
  id: string;
  is_default: boolean;
  address: Address;
}

const toAddress = ({ id, is_default, address }: AddressRow): SavedAddress => ({ id, isDefault: is_default, address });

/** The user's addresses, the default first, then the newest. */
export async function listAddresses(sql: Sql, userId: string): Promise<SavedAddress[]> {
  const { rows } = await sql.query<AddressRow>(
    "SELECT id, is_default, address FROM addresses WHERE user_id = $1 ORDER BY is_default DESC, id DESC",
    [userId],
  );
  return rows.map(toAddress);
}

/**
 * Keeps other changes to the user's addresses away until the transaction ends; answers how many there are, null when the
 * user is gone.
 */
export async function lockAddresses(tx: Sql, userId: string): Promise<number | null> {
  const { rowCount } = await tx.query("SELECT 1 FROM users WHERE id = $1 FOR UPDATE", [userId]);
  if (rowCount === 0) return null;
  const { rows } = await tx.query<{ n: number }>("SELECT count(*)::int AS n FROM addresses WHERE user_id = $1", [
    userId,
  ]);
  return rows[0]?.n ?? 0;
}

export async function clearDefault(tx: Sql, userId: string): Promise<void> {
  await tx.query("UPDATE addresses SET is_default = false WHERE user_id = $1 AND is_default", [userId]);
}

/** Makes the newest of the user's addresses the default, when none is. */
export async function ensureDefault(tx: Sql, userId: string): Promise<void> {
  await tx.query(
    `UPDATE addresses SET is_default = true
     WHERE id = (SELECT id FROM addresses WHERE user_id = $1 ORDER BY id DESC LIMIT 1)
       AND NOT EXISTS (SELECT FROM addresses WHERE user_id = $1 AND is_default)`,
    [userId],
  );
}

export async function insertAddress(tx: Sql, userId: string, saved: SavedAddress): Promise<void> {
  await tx.query("INSERT INTO addresses (id, user_id, is_default, address) VALUES ($1, $2, $3, $4)", [
    saved.id,
    userId,
    saved.isDefault,
    JSON.stringify(saved.address),
  ]);
}

/** Null when the user has no such address. */
export async function updateAddress(
  tx: Sql,
  userId: string,
  { id, address, isDefault }: SavedAddress,
): Promise<SavedAddress | null> {
  const { rows } = await tx.query<AddressRow>(
    `UPDATE addresses SET address = $3, is_default = is_default OR $4 WHERE id = $1 AND user_id = $2
     RETURNING id, is_default, address`,
    [id, userId, JSON.stringify(address), isDefault],
  );
  return rows[0] ? toAddress(rows[0]) : null;
}

export async function deleteAddress(tx: Sql, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query("DELETE FROM addresses WHERE id = $1 AND user_id = $2", [id, userId]);
  return rowCount === 1;
}

/** All of the user's. */
export async function deleteAddresses(tx: Sql, userId: string): Promise<void> {
  await tx.query("DELETE FROM addresses WHERE user_id = $1", [userId]);
}
