import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { verificationLimits } from "../domain/attempt-limits.ts";
import { hashLinkToken, LINK_LIFE_MS } from "../domain/link-token.ts";
import { normaliseEmail, passwordMark, type User } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { dropLinkTokens, findLinkToken, type LinkTokenQuery, takeLinkToken } from "../storage/link-token-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { findUser, isAddressTaken, setVerifiedEmail } from "../storage/user-repository.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { type Caller, checkProof, lockOwner, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";
import type { Origin } from "./start-session.ts";

export interface VerifyEmailDeps {
  sql: Sql;
  transact: Transact;
  attempts: AttemptCounter;
  now: () => Date;
}

const PROVING = ["verify", "change-email"] as const;

/** Who follows a link: the password of the account where it was shown, and the account that the browser is signed in to. */
export interface LinkFollower {
  token: string;
  password?: string | undefined;
  signedInAs: string | undefined;
}

/**
 * Proves an address by a mailed link: a new account's, or the one it changes to, which takes effect now. The mailbox alone
 * is not enough: whoever reads it may not be who began the account. Throws 401 `password.required` to whoever shows neither
 * a session nor the password of that account, 422 `credentials.invalid` and `link.invalid`, and 409 `email.taken` when
 * another account has proved the address since.
 */
export const verifyEmail =
  (deps: VerifyEmailDeps) =>
  async ({ token, password, signedInAs }: LinkFollower): Promise<void> => {
    const link = { hash: hashLinkToken(token), purposes: PROVING, now: deps.now() };
    const found = await findLinkToken(deps.sql, link);
    const owner = found && (await findUser(deps.sql, found.userId));
    if (!owner) throw linkInvalid();
    if (owner.id !== signedInAs) {
      if (password === undefined) throw new AppError(401, "password.required", "Show the account's password as well");
      await checkProof(deps, owner, password, "body.password");
    }
    await refuseTaken(deps.transact((tx) => useLink(tx, link, owner)));
  };

async function useLink(tx: Sql, link: LinkTokenQuery, owner: User): Promise<void> {
  const taken = await takeLinkToken(tx, link);
  if (!taken) throw linkInvalid();
  const { email, name, locale, verifiedAt } = await lockOwner(tx, owner.id, passwordMark(owner));
  const isMoving = taken.purpose === "change-email";
  if (!isMoving && email !== taken.email) throw linkInvalid();
  await setVerifiedEmail(tx, owner.id, taken.email, link.now);
  await dropLinkTokens(tx, owner.id, PROVING);
  if (isMoving && verifiedAt) await addMailJob(tx, { kind: "email-changed", email, name, locale }, link.now);
}

/** Mails the link again. Throws 409 `email.verified` and 429 `rate.limited`. */
export const resendVerification =
  ({ sql, attempts, now }: VerifyEmailDeps) =>
  async ({ userId }: Pick<Caller, "userId">, { clientAddress }: Pick<Origin, "clientAddress">): Promise<void> => {
    const user = await findUser(sql, userId);
    if (!user) throw new AppError(401, "session.ended", "This session has ended; sign in again");
    if (user.verifiedAt) throw new AppError(409, "email.verified", "This address is verified already");
    await limitAttempts(attempts, verificationLimits(userId, user.email, clientAddress));
    await addMailJob(sql, { kind: "verify", userId }, now());
  };

/** Asks for another address, which takes effect once its link is used. Says nothing about whether somebody owns it. */
export const changeEmail =
  (deps: VerifyEmailDeps & ProveOwnerDeps) =>
  async (
    caller: Caller,
    { email, currentPassword }: { email: string; currentPassword?: string | undefined },
    { clientAddress }: Pick<Origin, "clientAddress">,
  ) => {
    const user = await proveOwner(deps)(caller, currentPassword);
    const [userId, mark] = [user.id, passwordMark(user)];
    const address = normaliseEmail(email);
    await limitAttempts(deps.attempts, verificationLimits(userId, address, clientAddress));
    await deps.transact(async (tx) => {
      await lockOwner(tx, userId, mark);
      await addMailJob(tx, { kind: "change-email", userId, email: address, passwordMark: mark }, deps.now());
    });
    return { linkExpiresInSeconds: LINK_LIFE_MS["change-email"] / 1000 };
  };

export const linkInvalid = () =>
  new AppError(422, "link.invalid", "This link has been used or has expired; ask for a new one");

/** Throws 409 `email.taken` in place of the database's refusal to give one address to two accounts. */
export const refuseTaken = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!isAddressTaken(error)) throw error;
    throw new AppError(409, "email.taken", "This address belongs to another account by now", { cause: error });
  });
