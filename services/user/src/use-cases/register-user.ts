import { randomUUIDv7 } from "node:crypto";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { SignedIn } from "@tradepost/contracts/user";
import type { Transact } from "@tradepost/postgres/sql";
import { registrationLimits } from "../domain/attempt-limits.ts";
import { refuseBreached } from "../domain/breached-passwords.ts";
import { hashPassword } from "../domain/password.ts";
import { normaliseEmail, type User } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { insertUser } from "../storage/user-repository.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { noteDevice } from "./note-device.ts";
import { type Origin, type StartSessionDeps, startSession } from "./start-session.ts";

export interface RegisterUserDeps extends StartSessionDeps {
  transact: Transact;
  attempts: AttemptCounter;
}

/**
 * Creates an account of an address that is still to be proved, and signs in. Does the same for an address that somebody
 * owns: the caller learns nothing, the owner is written to. Throws 422 `password.breached`, 429 `rate.limited`.
 */
export const registerUser =
  (deps: RegisterUserDeps) =>
  async (
    { email, password, name, currency }: { email: string; password: string; name: string; currency: Currency },
    locale: Locale,
    origin: Origin,
  ): Promise<SignedIn> => {
    refuseBreached(password, "body.password");
    await limitAttempts(deps.attempts, registrationLimits(normaliseEmail(email)));
    const createdAt = deps.now();
    const user: User = {
      ...{ id: randomUUIDv7(), email: normaliseEmail(email), verifiedAt: null, name, roles: [] },
      passwordHash: await hashPassword(password),
      ...{ pinNetwork: false, locale, createdAt },
    };
    await deps.transact(async (tx) => {
      await insertUser(tx, user, { currency, marketing: false, sms: false });
      await noteDevice(tx, user.id, origin, createdAt);
      await addMailJob(tx, { kind: "verify", userId: user.id }, createdAt);
    });
    return (await startSession(deps)(user, origin)).signedIn;
  };
