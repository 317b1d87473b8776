import type { FACTOR_METHODS, PasskeyAssertion } from "@tradepost/contracts/user-factors";
import type { Vault } from "@tradepost/key-ring/vault";
import type { Sql } from "@tradepost/postgres/sql";
import { hashRecoveryCode } from "../domain/recovery-code.ts";
import { stepOfCode } from "../domain/totp.ts";
import { findPasskey, listPasskeys, notePasskeyUse, type StoredPasskey } from "../storage/passkey-repository.ts";
import { countRecoveryCodes, takeRecoveryCode } from "../storage/recovery-code-repository.ts";
import { findTotp, replaceTotpSeal, takeTotpStep } from "../storage/totp-repository.ts";
import type { RelyingParty } from "../webauthn/relying-party.ts";

export interface CheckFactorDeps {
  sql: Sql;
  vault: Vault;
  relyingParty: RelyingParty;
  now: () => Date;
}

export type FactorMethod = (typeof FACTOR_METHODS)[number];
export type FactorAnswer = { totp: string } | { recoveryCode: string } | { passkey: PasskeyAssertion };

/** What a passkey's answer is held against: the challenge, if there was one, and whether the device must know its user. */
export interface PasskeyTerms {
  challenge: string | undefined;
  mustVerifyUser: boolean;
}

/** The second factors that the account has, empty where it has none; and its passkeys. */
export async function factorsOf(
  sql: Sql,
  userId: string,
): Promise<{ methods: FactorMethod[]; passkeys: StoredPasskey[] }> {
  const [totp, passkeys, codesLeft] = await Promise.all([
    findTotp(sql, userId),
    listPasskeys(sql, userId),
    countRecoveryCodes(sql, userId),
  ]);
  const own: FactorMethod[] = [
    ...(passkeys.length > 0 ? (["passkey"] as const) : []),
    ...(totp?.confirmedAt != null ? (["totp"] as const) : []),
  ];
  return { methods: own.length > 0 && codesLeft > 0 ? [...own, "recoveryCode"] : own, passkeys };
}

/** Whether it is the account's, and was not shown before: each code, recovery code and signature counts once. */
export function isFactorRight(
  deps: CheckFactorDeps,
  userId: string,
  answer: FactorAnswer,
  terms: PasskeyTerms,
): Promise<boolean> {
  if ("totp" in answer) return isTotpRight(deps, userId, answer.totp);
  if ("recoveryCode" in answer) return takeRecoveryCode(deps.sql, userId, hashRecoveryCode(answer.recoveryCode));
  return isPasskeyRight(deps, userId, answer.passkey, terms);
}

/** A code counts once: its step, and those before, are used up with it. A secret under an older key is sealed anew. */
async function isTotpRight({ sql, vault, now }: CheckFactorDeps, userId: string, code: string): Promise<boolean> {
  const totp = await findTotp(sql, userId);
  if (!totp?.confirmedAt) return false;
  const secret = await vault.open(totp.sealed, userId);
  const step = stepOfCode(secret, code, now());
  if (step === undefined || !(await takeTotpStep(sql, userId, step))) return false;
  if (totp.sealed.keyId !== vault.currentKeyId())
    await replaceTotpSeal(sql, userId, { from: totp.sealed, to: vault.seal(secret, userId) });
  return true;
}

async function isPasskeyRight(
  { sql, relyingParty, now }: CheckFactorDeps,
  userId: string,
  assertion: PasskeyAssertion,
  { challenge, mustVerifyUser }: PasskeyTerms,
): Promise<boolean> {
  const passkey = await findPasskey(sql, assertion.id);
  if (passkey?.userId !== userId || challenge === undefined) return false;
  const use = await relyingParty.verifyAssertion(assertion, { challenge, credential: passkey, mustVerifyUser });
  return use !== null && notePasskeyUse(sql, passkey.id, { ...use, at: now() });
}
