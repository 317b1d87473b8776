import type { RouteInput } from "@tradepost/contracts/route";
import type { SignedIn } from "@tradepost/contracts/user";
import type { completeSignIn as contract } from "@tradepost/contracts/user-factors";
import { AppError } from "@tradepost/service-runtime/app-error";
import { factorLimits } from "../domain/attempt-limits.ts";
import { passwordMark } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { hashDeviceKey } from "../storage/session-store.ts";
import { findUser } from "../storage/user-repository.ts";
import type { AdmitUserDeps, PendingSignIn } from "./admit-user.ts";
import { beginSession } from "./begin-session.ts";
import { type CheckFactorDeps, isFactorRight } from "./check-factor.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Origin } from "./start-session.ts";

export interface CompleteSignInDeps extends AdmitUserDeps, CheckFactorDeps {
  attempts: AttemptCounter;
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
    // After the password the device is enough.
    const terms = { challenge: pending.passkeyChallenge, mustVerifyUser: false };
    if (!(await isFactorRight(deps, user.id, answer, terms)))
      throw new AppError(422, "factor.invalid", "This is not right, or has been used already");
    if (!(await deps.challenges.take("factor", answer.challengeId))) throw expired();
    return beginSession(deps)(user, origin, deps.now());
  };

const expired = () => new AppError(401, "factor.expired", "This took too long; sign in again");
