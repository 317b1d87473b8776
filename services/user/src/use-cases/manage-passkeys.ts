import { randomUUIDv7 } from "node:crypto";
import type { Passkey, PasskeyAttestation, PasskeyCreation } from "@tradepost/contracts/user-factors";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { passwordMark } from "../domain/user.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import {
  deletePasskey,
  insertPasskey,
  listPasskeys,
  type StoredPasskey,
  setPasskeyName,
} from "../storage/passkey-repository.ts";
import type { RelyingParty } from "../webauthn/relying-party.ts";
import { CHALLENGE_LIFE_MS } from "./admit-user.ts";
import { dropCodesOfNothing, hasSecondFactor, issueRecoveryCodes } from "./keep-recovery-codes.ts";
import { countAsFactor, type ManageFactorsDeps } from "./manage-totp.ts";
import { type Caller, lockOwner, proveOwner } from "./prove-owner.ts";

export interface ManagePasskeysDeps extends ManageFactorsDeps {
  relyingParty: RelyingParty;
}

/** What a session was asked, and with which password it asked to be. */
interface PasskeyOffer {
  challenge: string;
  passwordMark: string;
}

const MAX_PASSKEYS = 20;

/** What a device needs to make a passkey; the latest question of a session counts. Throws what `proveOwner` throws. */
export const startPasskeyRegistration =
  (deps: ManagePasskeysDeps) =>
  async (caller: Caller): Promise<{ options: PasskeyCreation }> => {
    const user = await proveOwner(deps)(caller, undefined);
    const known = await listPasskeys(deps.sql, user.id);
    if (known.length >= MAX_PASSKEYS) throw tooMany();
    const options = deps.relyingParty.creationOptions(user, known);
    const offer: PasskeyOffer = { challenge: options.challenge, passwordMark: passwordMark(user) };
    await deps.challenges.put("passkey-registration", caller.sessionId, offer, CHALLENGE_LIFE_MS);
    return { options };
  };

/**
 * Keeps a passkey that a device made for this session's question, and counts the session as one with a second factor.
 * The account's first factor comes with recovery codes and ends the other sessions. Throws 422 `passkey.refused`, 409 `passkey.known`.
 */
export const addPasskey =
  (deps: ManagePasskeysDeps) =>
  async ({ userId, sessionId }: Caller, { name, passkey }: { name: string; passkey: PasskeyAttestation }) => {
    const question = await deps.challenges.take<PasskeyOffer>("passkey-registration", sessionId);
    const credential = question && (await deps.relyingParty.verifyAttestation(passkey, question.challenge));
    if (!question || !credential)
      throw new AppError(422, "passkey.refused", "This passkey was not made for here; try again");
    const createdAt = deps.now();
    const stored = { ...credential, id: randomUUIDv7(), userId, name, createdAt, lastUsedAt: null };
    const recoveryCodes = await deps.transact((tx) => keepPasskey(tx, stored, question.passwordMark));
    await countAsFactor(deps.sessions, { userId, sessionId }, recoveryCodes !== undefined);
    return { passkey: toPasskeyView(stored), ...(recoveryCodes ? { recoveryCodes } : {}) };
  };

async function keepPasskey(tx: Sql, passkey: StoredPasskey, mark: string): Promise<string[] | undefined> {
  const { userId, createdAt } = passkey;
  await lockOwner(tx, userId, mark);
  const isFirst = !(await hasSecondFactor(tx, userId));
  if ((await listPasskeys(tx, userId)).length >= MAX_PASSKEYS) throw tooMany();
  if (!(await insertPasskey(tx, passkey))) throw new AppError(409, "passkey.known", "This passkey is known already");
  await addMailJob(tx, { kind: "factors-changed", userId }, createdAt);
  return isFirst ? issueRecoveryCodes(tx, userId) : undefined;
}

/** Throws 404. */
export const renamePasskey =
  ({ sql }: { sql: Sql }) =>
  async (userId: string, id: string, { name }: { name: string }): Promise<Passkey> => {
    const renamed = await setPasskeyName(sql, userId, { id, name });
    if (!renamed) throw notFound();
    return toPasskeyView(renamed);
  };

/** Throws 404, and what `proveOwner` throws. */
export const removePasskey =
  (deps: ManageFactorsDeps) =>
  async (caller: Caller, id: string): Promise<void> => {
    const user = await proveOwner(deps)(caller, undefined);
    const { id: userId } = user;
    const wasLast = await deps.transact(async (tx) => {
      await lockOwner(tx, userId, passwordMark(user));
      if (!(await deletePasskey(tx, userId, id))) throw notFound();
      await addMailJob(tx, { kind: "factors-changed", userId }, deps.now());
      return dropCodesOfNothing(tx, userId);
    });
    if (wasLast) await deps.sessions.forgetSecondFactors(userId);
  };

export const toPasskeyView = ({ id, name, backedUp, createdAt, lastUsedAt }: StoredPasskey): Passkey => ({
  ...{ id, name, backedUp, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null },
});

const tooMany = () => new AppError(409, "passkey.too_many", `An account keeps at most ${MAX_PASSKEYS} passkeys`);
const notFound = () => new AppError(404, "passkey.not_found", "There is no such passkey");
