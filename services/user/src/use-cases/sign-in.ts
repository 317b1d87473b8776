import type { SignedIn } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { checkPassword, hashPassword, UNKNOWN_USER_HASH } from "../domain/password.ts";
import { normaliseEmail } from "../domain/user.ts";
import { findUserByEmail, replaceHash } from "../storage/user-repository.ts";
import { type Origin, type StartSessionDeps, startSession } from "./start-session.ts";

/**
 * Signs in with e-mail and password. An unknown address takes as long and is told the same as a wrong password: 401
 * `credentials.invalid`. A hash with outgrown parameters is made anew on the way.
 */
export const signIn =
  (deps: StartSessionDeps & { sql: Sql }) =>
  async ({ email, password }: { email: string; password: string }, origin: Origin): Promise<SignedIn> => {
    const user = await findUserByEmail(deps.sql, normaliseEmail(email));
    const { fits, outdated } = await checkPassword(password, user?.passwordHash ?? UNKNOWN_USER_HASH);
    if (!user || !fits) throw new AppError(401, "credentials.invalid", "E-mail address or password is wrong");
    if (outdated) await replaceHash(deps.sql, user.id, { from: user.passwordHash, to: await hashPassword(password) });
    return startSession(deps)(user, origin);
  };
