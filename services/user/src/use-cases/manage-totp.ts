import type { Vault } from "@tradepost/key-ring/vault";
import type { Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { factorLimits } from "../domain/attempt-limits.ts";
import { toBase32 } from "../domain/base32.ts";
import { newTotpSecret, stepOfCode, totpUri } from "../domain/totp.ts";
import { passwordMark } from "../domain/user.ts";
import type { ChallengeStore } from "../storage/challenge-store.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { confirmTotpSecret, deleteTotp, findTotp, offerTotp } from "../storage/totp-repository.ts";
import { dropCodesOfNothing, hasSecondFactor, issueRecoveryCodes } from "./keep-recovery-codes.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { type Caller, lockOwner, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

export interface ManageFactorsDeps extends ProveOwnerDeps {
  transact: Transact;
  challenges: ChallengeStore;
  vault: Vault;
  shopName: string;
}

/** With which password an app was asked for. */
interface TotpOffer {
  passwordMark: string;
}

/** To look for the phone, and the app on it. */
const OFFER_LIFE_MS = 15 * 60_000;

/**
 * A new secret for an app, which counts once `confirmTotp` has seen a code of it in this session. Throws 409 `totp.active`.
 */
export const setUpTotp =
  (deps: ManageFactorsDeps) =>
  async (caller: Caller): Promise<{ secret: string; uri: string }> => {
    const user = await proveOwner(deps)(caller, undefined);
    const secret = newTotpSecret();
    const offer: TotpOffer = { passwordMark: passwordMark(user) };
    await deps.transact(async (tx) => {
      await lockOwner(tx, user.id, offer.passwordMark);
      if (!(await offerTotp(tx, user.id, deps.vault.seal(secret, user.id)))) throw isActive();
    });
    await deps.challenges.put("totp-offer", caller.sessionId, offer, OFFER_LIFE_MS);
    return { secret: toBase32(secret), uri: totpUri(secret, { issuer: deps.shopName, account: user.email }) };
  };

/**
 * Uses the app from now on, and counts this session as one with a second factor; with the account's first factor the
 * other sessions, which have shown none, end. Answers new recovery codes. Throws 409
 * `totp.not_set_up`, also to a session that has not asked for the secret, and `totp.active`, 422 `factor.invalid`, 429 `rate.limited`.
 */
export const confirmTotp =
  (deps: ManageFactorsDeps) =>
  async ({ userId, sessionId }: Caller, { code }: { code: string }): Promise<{ recoveryCodes: string[] }> => {
    await limitAttempts(deps.attempts, factorLimits(userId));
    const [offer, totp] = await Promise.all([
      deps.challenges.find<TotpOffer>("totp-offer", sessionId),
      findTotp(deps.sql, userId),
    ]);
    if (totp?.confirmedAt) throw isActive();
    if (!totp || !offer) throw new AppError(409, "totp.not_set_up", "Ask for a secret first");
    const step = stepOfCode(await deps.vault.open(totp.sealed, userId), code, deps.now());
    if (step === undefined)
      throw new AppError(422, "factor.invalid", "This is not right, or has been used already", {
        errors: [{ path: "body.code", message: "is not the app's code of now" }],
      });
    const { isFirst, recoveryCodes } = await deps.transact(async (tx) => {
      await lockOwner(tx, userId, offer.passwordMark);
      const isFirst = !(await hasSecondFactor(tx, userId));
      if (!(await confirmTotpSecret(tx, userId, { sealed: totp.sealed, step, at: deps.now() }))) throw isActive();
      await addMailJob(tx, { kind: "factors-changed", userId }, deps.now());
      return { isFirst, recoveryCodes: await issueRecoveryCodes(tx, userId) };
    });
    await countAsFactor(deps.sessions, { userId, sessionId }, isFirst);
    return { recoveryCodes };
  };

/** Stops using the app. Throws 404 `totp.not_set_up`, and what `proveOwner` throws. */
export const removeTotp =
  (deps: ManageFactorsDeps) =>
  async (caller: Caller): Promise<void> => {
    const user = await proveOwner(deps)(caller, undefined);
    const { id: userId } = user;
    const wasLast = await deps.transact(async (tx) => {
      await lockOwner(tx, userId, passwordMark(user));
      if (!(await deleteTotp(tx, userId))) throw new AppError(404, "totp.not_set_up", "No app is used");
      await addMailJob(tx, { kind: "factors-changed", userId }, deps.now());
      return dropCodesOfNothing(tx, userId);
    });
    if (wasLast) await deps.sessions.forgetSecondFactors(userId);
  };

/** New recovery codes in place of the old. Throws 409 `factor.none`, and what `proveOwner` throws. */
export const renewRecoveryCodes =
  (deps: ManageFactorsDeps) =>
  async (caller: Caller): Promise<{ recoveryCodes: string[] }> => {
    const user = await proveOwner(deps)(caller, undefined);
    const { id: userId } = user;
    return deps.transact(async (tx) => {
      await lockOwner(tx, userId, passwordMark(user));
      if (!(await hasSecondFactor(tx, userId)))
        throw new AppError(409, "factor.none", "There is no second factor that codes could stand in for");
      await addMailJob(tx, { kind: "factors-changed", userId }, deps.now());
      return { recoveryCodes: await issueRecoveryCodes(tx, userId) };
    });
  };

/** The session that set a factor up has shown it. Those from before the first one have not, and end. */
export async function countAsFactor(
  sessions: SessionStore,
  { userId, sessionId }: Pick<Caller, "userId" | "sessionId">,
  isFirst: boolean,
): Promise<void> {
  if (isFirst) await sessions.endAll(userId, sessionId);
  await sessions.noteSecondFactor(sessionId);
}

const isActive = () => new AppError(409, "totp.active", "An app is used already; remove it first");
