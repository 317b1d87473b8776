import type { Sql } from "@tradepost/postgres/sql";
import { hashRecoveryCode, newRecoveryCodes } from "../domain/recovery-code.ts";
import { listPasskeys } from "../storage/passkey-repository.ts";
import { replaceRecoveryCodes } from "../storage/recovery-code-repository.ts";
import { findTotp } from "../storage/totp-repository.ts";

/** Makes new recovery codes in place of those there are; only their hashes are kept. */
export async function issueRecoveryCodes(tx: Sql, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, userId, codes.map(hashRecoveryCode));
  return codes;
}

/** Whether the account asks for a second factor. */
export async function hasSecondFactor(sql: Sql, userId: string): Promise<boolean> {
  const [totp, passkeys] = [await findTotp(sql, userId), await listPasskeys(sql, userId)];
  return totp?.confirmedAt != null || passkeys.length > 0;
}

/** After a factor was removed: codes that recover nothing go as well. True when that was the last one. */
export async function dropCodesOfNothing(tx: Sql, userId: string): Promise<boolean> {
  if (await hasSecondFactor(tx, userId)) return false;
  await replaceRecoveryCodes(tx, userId, []);
  return true;
}
