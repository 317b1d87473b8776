import { randomBytes } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import type { FactorChallenge, PasskeyRequest } from "@tradepost/contracts/user-factors";
import { AppError } from "@tradepost/service-runtime/app-error";
import { passwordMark, type User } from "../domain/user.ts";
import type { ChallengeStore } from "../storage/challenge-store.ts";
import { hashDeviceKey } from "../storage/session-store.ts";
import type { RelyingParty } from "../webauthn/relying-party.ts";
import { type BeginSessionDeps, beginSession } from "./begin-session.ts";
import { factorsOf } from "./check-factor.ts";
import type { Origin } from "./start-session.ts";

export interface AdmitUserDeps extends BeginSessionDeps {
  challenges: ChallengeStore;
  relyingParty: RelyingParty;
}

/** What is remembered of a sign-in that waits for its second factor. */
export interface PendingSignIn {
  userId: string;
  /** Changes with the password, whose change must end this as well. */
  passwordMark: string;
  /** Empty where the device has shown no key. */
  deviceKeyHash: string;
  passkeyChallenge?: string;
}

export const CHALLENGE_LIFE_MS = 5 * 60_000;

/**
 * Lets somebody in who has shown the password or comes from a provider; where the account has a second factor it is
 * asked for instead: 401 `factor.required` with the members of FactorChallenge.
 */
export const admitUser =
  (deps: AdmitUserDeps) =>
  async (user: User, origin: Origin): Promise<SignedIn> => {
    const { methods, passkeys } = await factorsOf(deps.sql, user.id);
    if (methods.length === 0) return beginSession(deps)(user, origin, null);
    const passkey = passkeys.length > 0 ? deps.relyingParty.requestOptions(passkeys, "preferred") : undefined;
    throw await askForFactor(deps, { user, origin, methods, passkey });
  };

async function askForFactor(
  { challenges }: AdmitUserDeps,
  asked: { user: User; origin: Origin; methods: FactorChallenge["methods"]; passkey: PasskeyRequest | undefined },
): Promise<AppError> {
  const { user, origin, methods, passkey } = asked;
  const challengeId = randomBytes(32).toString("base64url");
  const pending: PendingSignIn = {
    ...{ userId: user.id, passwordMark: passwordMark(user), deviceKeyHash: hashDeviceKey(origin.deviceKey) },
    ...(passkey ? { passkeyChallenge: passkey.challenge } : {}),
  };
  const expiresAt = await challenges.put("factor", challengeId, pending, CHALLENGE_LIFE_MS);
  const extra = { challengeId, methods, ...(passkey ? { passkey } : {}), expiresAt: expiresAt.toISOString() };
  return new AppError(401, "factor.required", "Show your second factor as well", {
    extra: extra satisfies FactorChallenge,
  });
}
