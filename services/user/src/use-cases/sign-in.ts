import type { SignedIn } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { signInLimits } from "../domain/attempt-limits.ts";
import { checkPassword, hashPassword, UNKNOWN_USER_HASH } from "../domain/password.ts";
import { normaliseEmail, type User } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { findAccounts, replaceHash } from "../storage/user-repository.ts";
import { type AdmitUserDeps, admitUser } from "./admit-user.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Origin } from "./start-session.ts";

export interface SignInDeps extends AdmitUserDeps {
  attempts: AttemptCounter;
}

/**
 * Signs in with e-mail and password. An unknown address takes as long and is told the same as a wrong password: 401
 * `credentials.invalid`. A hash with outgrown parameters is made anew on the way. Throws 401 `factor.required` where the
 * account has a second factor, and 429 `rate.limited`.
 */
export const signIn =
  (deps: SignInDeps) =>
  async ({ email, password }: { email: string; password: string }, origin: Origin): Promise<SignedIn> => {
    const address = normaliseEmail(email);
    await limitAttempts(deps.attempts, signInLimits(address, origin.clientAddress));
    const found = await findOwner(deps.sql, address, password);
    if (!found) throw refused();
    const { user } = found;
    const passwordHash = found.outdated ? await hashAnew(deps.sql, user, password) : user.passwordHash;
    return admitUser(deps)({ ...user, passwordHash }, origin);
  };

/** Whose password it is. The work is the same whatever accounts the address has: one check each, of a dummy if need be. */
async function findOwner(sql: Sql, email: string, password: string) {
  const { verified, pending } = await findAccounts(sql, email);
  const [first, second] = await Promise.all(
    [verified, pending].map((user) => checkPassword(password, user?.passwordHash ?? UNKNOWN_USER_HASH)),
  );
  if (verified && first?.fits) return { user: verified, outdated: first.outdated };
  if (pending && second?.fits) return { user: pending, outdated: second.outdated };
  return null;
}

async function hashAnew(sql: Sql, { id, passwordHash }: User, password: string): Promise<string> {
  const anew = await hashPassword(password);
  await replaceHash(sql, id, { from: passwordHash, to: anew });
  return anew;
}

const refused = () => new AppError(401, "credentials.invalid", "E-mail address or password is wrong");
