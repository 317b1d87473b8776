import type { Sql, Transact } from "@tradepost/postgres/sql";
import { resetLimits } from "../domain/attempt-limits.ts";
import { refuseBreached } from "../domain/breached-passwords.ts";
import { hashLinkToken, LINK_LIFE_MS } from "../domain/link-token.ts";
import { hashPassword } from "../domain/password.ts";
import { normaliseEmail } from "../domain/user.ts";
import { deleteAddresses } from "../storage/address-repository.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import { deleteIdentities } from "../storage/identity-repository.ts";
import { dropLinkTokens, findLinkToken, takeLinkToken } from "../storage/link-token-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { deletePasskeys } from "../storage/passkey-repository.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { deleteTotp } from "../storage/totp-repository.ts";
import { lockUser, setPasswordHash, setVerifiedEmail } from "../storage/user-repository.ts";
import { dropCodesOfNothing } from "./keep-recovery-codes.ts";
import { limitAttempts } from "./limit-attempts.ts";
import type { Origin } from "./start-session.ts";
import { linkInvalid, refuseTaken } from "./verify-email.ts";

export interface ResetPasswordDeps {
  sql: Sql;
  transact: Transact;
  sessions: SessionStore;
  attempts: AttemptCounter;
  now: () => Date;
}

/** Asks for a link to be mailed. Whether the address has an account is looked up when it is. Throws 429 `rate.limited`. */
export const requestPasswordReset =
  ({ sql, attempts, now }: ResetPasswordDeps) =>
  async ({ email }: { email: string }, { clientAddress }: Pick<Origin, "clientAddress">) => {
    const address = normaliseEmail(email);
    await limitAttempts(attempts, resetLimits(address, clientAddress));
    await addMailJob(sql, { kind: "reset", email: address }, now());
    return { linkExpiresInSeconds: LINK_LIFE_MS.reset / 1000 };
  };

/**
 * Sets a new password by a mailed link, which proves the address as well, ends all sessions and tells the owner. If the
 * address was not proved before, the ways in and the addresses that somebody has added go with the old password. Sessions
 * are ended before too: were they out of reach, a thief's would outlive the change. Throws 422 `link.invalid` and
 * `password.breached`, 409 `email.taken`.
 */
export const resetPassword =
  (deps: ResetPasswordDeps) =>
  async ({ token, password }: { token: string; password: string }): Promise<void> => {
    refuseBreached(password, "body.password");
    const hash = hashLinkToken(token);
    const found = await findLinkToken(deps.sql, { hash, purposes: ["reset"], now: deps.now() });
    if (!found) throw linkInvalid();
    const passwordHash = await hashPassword(password);
    await deps.sessions.endAll(found.userId);
    await refuseTaken(deps.transact((tx) => setNewPassword(tx, { hash, passwordHash, now: deps.now() })));
    await deps.sessions.endAll(found.userId);
  };

async function setNewPassword(
  tx: Sql,
  { hash, passwordHash, now }: { hash: Buffer; passwordHash: string; now: Date },
): Promise<void> {
  const taken = await takeLinkToken(tx, { hash, purposes: ["reset"], now });
  const user = taken && (await lockUser(tx, taken.userId));
  if (!user || user.email !== taken.email) throw linkInvalid();
  if (!user.verifiedAt) await dropStrangersThings(tx, user.id);
  await setPasswordHash(tx, user.id, passwordHash);
  await setVerifiedEmail(tx, user.id, user.email, user.verifiedAt ?? now);
  await dropLinkTokens(tx, user.id, ["verify", "reset", "change-email"]);
  await addMailJob(tx, { kind: "password-changed", userId: user.id }, now);
}

/** Anybody may have begun an account that never proved its address: what would let them in, or be shipped to them, goes. */
async function dropStrangersThings(tx: Sql, userId: string): Promise<void> {
  await deleteTotp(tx, userId);
  await deletePasskeys(tx, userId);
  await deleteIdentities(tx, userId);
  await deleteAddresses(tx, userId);
  await dropCodesOfNothing(tx, userId);
}
