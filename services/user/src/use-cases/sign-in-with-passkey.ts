import { randomBytes } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import type { PasskeyAssertion } from "@tradepost/contracts/user-factors";
import { AppError } from "@tradepost/service-runtime/app-error";
import { factorLimits } from "../domain/attempt-limits.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { findPasskey, notePasskeyUse } from "../storage/passkey-repository.ts";
import { hashDeviceKey } from "../storage/session-store.ts";
import { findUser } from "../storage/user-repository.ts";
import { userHandleOf } from "../webauthn/relying-party.ts";
import { type AdmitUserDeps, CHALLENGE_LIFE_MS } from "./admit-user.ts";
import { beginSession } from "./begin-session.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Origin } from "./start-session.ts";

interface PasskeyQuestion {
  challenge: string;
  deviceKeyHash: string;
}

/** A challenge for whatever passkey the device has; the question is the same for everybody. */
export const startPasskeySignIn =
  ({ challenges, relyingParty }: AdmitUserDeps) =>
  async (origin: Origin) => {
    const challengeId = randomBytes(32).toString("base64url");
    const options = relyingParty.requestOptions([], "required");
    const question: PasskeyQuestion = {
      challenge: options.challenge,
      deviceKeyHash: hashDeviceKey(origin.deviceKey),
    };
    await challenges.put("passkey-sign-in", challengeId, question, CHALLENGE_LIFE_MS);
    return { challengeId, options };
  };

/**
 * Signs in with a passkey alone: the device has verified who uses it, so it is both factors. One answer per challenge,
 * from the device that asked. Throws 401 `passkey.refused`, 429 `rate.limited`.
 */
export const signInWithPasskey =
  (deps: AdmitUserDeps & { attempts: AttemptCounter }) =>
  async (
    { challengeId, passkey: assertion }: { challengeId: string; passkey: PasskeyAssertion },
    origin: Origin,
  ): Promise<SignedIn> => {
    const question = await deps.challenges.take<PasskeyQuestion>("passkey-sign-in", challengeId);
    const isSameDevice = !question?.deviceKeyHash || question.deviceKeyHash === hashDeviceKey(origin.deviceKey);
    const credential = await findPasskey(deps.sql, assertion.id);
    if (!question || !isSameDevice || !credential) throw refused();
    if (assertion.response.userHandle !== userHandleOf(credential.userId)) throw refused();
    await limitAttempts(deps.attempts, factorLimits(credential.userId));
    const { challenge } = question;
    const use = await deps.relyingParty.verifyAssertion(assertion, { challenge, credential, mustVerifyUser: true });
    const isNew = use && (await notePasskeyUse(deps.sql, credential.id, { ...use, at: deps.now() }));
    const user = isNew ? await findUser(deps.sql, credential.userId) : null;
    if (!user) throw refused();
    return beginSession(deps)(user, origin, deps.now());
  };

const refused = () => new AppError(401, "passkey.refused", "This passkey is not known here, or the try took too long");
