import type { RouteInput } from "@tradepost/contracts/route";
import type {
  stepUp as contract,
  PasskeyRequest,
  startStepUpPasskey as question,
} from "@tradepost/contracts/user-factors";
import { AppError } from "@tradepost/service-runtime/app-error";
import { factorLimits } from "../domain/attempt-limits.ts";
import type { ChallengeStore } from "../storage/challenge-store.ts";
import { listPasskeys } from "../storage/passkey-repository.ts";
import { CHALLENGE_LIFE_MS } from "./admit-user.ts";
import { type CheckFactorDeps, type FactorAnswer, factorsOf, isFactorRight } from "./check-factor.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { type Caller, checkProof, findCaller, type ProveOwnerDeps } from "./prove-owner.ts";

export interface StepUpDeps extends ProveOwnerDeps, CheckFactorDeps {
  challenges: ChallengeStore;
}

type Proof = RouteInput<typeof contract>["body"];

/** What a device needs to show one of the account's passkeys; the latest question of a session counts. Throws 409 `factor.none`. */
export const startStepUpPasskey =
  ({ sql, challenges, relyingParty }: StepUpDeps) =>
  async (caller: Caller, { alone }: RouteInput<typeof question>["body"]): Promise<{ options: PasskeyRequest }> => {
    const passkeys = await listPasskeys(sql, caller.userId);
    if (passkeys.length === 0) throw new AppError(409, "factor.none", "There is no passkey to show");
    const options = relyingParty.requestOptions(passkeys, alone ? "required" : "preferred");
    await challenges.put("step-up", caller.sessionId, { challenge: options.challenge }, CHALLENGE_LIFE_MS);
    return { options };
  };

/**
 * Shows again that it is the owner who asks, so that sensitive changes need no more for five minutes: by a passkey whose
 * device has verified its user; by the password, and with it a second factor where the account has one. Throws 401
 * `factor.required`, 422 `credentials.invalid` and `factor.invalid`, 429 `rate.limited`.
 */
export const stepUp =
  (deps: StepUpDeps) =>
  async (caller: Caller, proof: Proof): Promise<void> => {
    const user = await findCaller(deps.sql, caller);
    const isAlone = !("password" in proof);
    if (!isAlone) await checkProof(deps, user, proof.password, "body.password");
    if ("totp" in proof || "recoveryCode" in proof || "passkey" in proof)
      await checkFactor(deps, caller, proof, isAlone);
    else await refuseLackOfFactor(deps, user.id);
    await deps.sessions.prove(caller.sessionId, caller.network ?? "");
  };

async function checkFactor(
  deps: StepUpDeps,
  { userId, sessionId }: Caller,
  answer: FactorAnswer,
  isAlone: boolean,
): Promise<void> {
  const asked = "passkey" in answer ? await deps.challenges.take<{ challenge: string }>("step-up", sessionId) : null;
  await limitAttempts(deps.attempts, factorLimits(userId));
  const terms = { challenge: asked?.challenge, mustVerifyUser: isAlone };
  if (await isFactorRight(deps, userId, answer, terms)) return;
  throw new AppError(422, "factor.invalid", "This is not right, or has been used already");
}

async function refuseLackOfFactor({ sql }: StepUpDeps, userId: string): Promise<void> {
  const { methods } = await factorsOf(sql, userId);
  if (methods.length === 0) return;
  throw new AppError(401, "factor.required", "Show your second factor as well", { extra: { methods } });
}
