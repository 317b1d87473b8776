import type { RouteInput } from "@tradepost/contracts/route";
import type { SignedIn } from "@tradepost/contracts/user";
import type { completeSignIn as contract, PasskeyAssertion } from "@tradepost/contracts/user-factors";
import type { Vault } from "@tradepost/key-ring/vault";
import { AppError } from "@tradepost/service-runtime/app-error";
import { factorLimits } from "../domain/attempt-limits.ts";
import { hashRecoveryCode } from "../domain/recovery-code.ts";
import { stepOfCode } from "../domain/totp.ts";
import { passwordMark, type User } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { findPasskey, notePasskeyUse } from "../storage/passkey-repository.ts";
import { takeRecoveryCode } from "../storage/recovery-code-repository.ts";
import { hashDeviceKey } from "../storage/session-store.ts";
import { findTotp, replaceTotpSeal, takeTotpStep } from "../storage/totp-repository.ts";
import { findUser } from "../storage/user-repository.ts";
import type { AdmitUserDeps, PendingSignIn } from "./admit-user.ts";
import { beginSession } from "./begin-session.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Origin } from "./start-session.ts";

export interface CompleteSignInDeps extends AdmitUserDeps {
  attempts: AttemptCounter;
  vault: Vault;
}

type Answer = RouteInput<typeof contract>["body"];

/**
 * Signs in with the second factor that a sign-in asked for. Throws 401 `factor.expired` when the question is too old, was
 * answered, or was put to another device; 422 `factor.invalid`; 429 `rate.limited`.
 */
export const completeSignIn =
  (deps: CompleteSignInDeps) =>
  async (answer: Answer, origin: Origin): Promise<SignedIn> => {
    const pending = await deps.challenges.find<PendingSignIn>("factor", answer.challengeId);
    const user = pending && (await findUser(deps.sql, pending.userId));
    if (!user || passwordMark(user) !== pending.passwordMark) throw expired();
    if (pending.deviceKeyHash !== "" && pending.deviceKeyHash !== hashDeviceKey(origin.deviceKey)) {
      await deps.challenges.take("factor", answer.challengeId);
      throw expired();
    }
    await limitAttempts(deps.attempts, factorLimits(user.id));
    if (!(await isRight(deps, user, pending, answer)))
      throw new AppError(422, "factor.invalid", "This is not right, or has been used already");
    if (!(await deps.challenges.take("factor", answer.challengeId))) throw expired();
    return beginSession(deps)(user, origin, deps.now());
  };

function isRight(deps: CompleteSignInDeps, user: User, pending: PendingSignIn, answer: Answer): Promise<boolean> {
  if ("totp" in answer) return isTotpRight(deps, user.id, answer.totp);
  if ("recoveryCode" in answer) return takeRecoveryCode(deps.sql, user.id, hashRecoveryCode(answer.recoveryCode));
  return isPasskeyRight(deps, user.id, pending.passkeyChallenge, answer.passkey);
}

/** A code counts once: its step, and those before, are used up with it. A secret under an older key is sealed anew. */
async function isTotpRight({ sql, vault, now }: CompleteSignInDeps, userId: string, code: string): Promise<boolean> {
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
  { sql, relyingParty, now }: CompleteSignInDeps,
  userId: string,
  challenge: string | undefined,
  assertion: PasskeyAssertion,
): Promise<boolean> {
  const passkey = await findPasskey(sql, assertion.id);
  if (passkey?.userId !== userId || challenge === undefined) return false;
  const use = await relyingParty.verifyAssertion(assertion, { challenge, credential: passkey, mustVerifyUser: false });
  return use !== null && notePasskeyUse(sql, passkey.id, { ...use, at: now() });
}

const expired = () => new AppError(401, "factor.expired", "This took too long; sign in again");
