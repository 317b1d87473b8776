import type { Transact } from "@tradepost/postgres/sql";
import { refuseBreached } from "../domain/breached-passwords.ts";
import { hashPassword } from "../domain/password.ts";
import { passwordMark } from "../domain/user.ts";
import { dropLinkTokens } from "../storage/link-token-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { setPasswordHash } from "../storage/user-repository.ts";
import { type Caller, lockOwner, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

export interface ChangePasswordDeps extends ProveOwnerDeps {
  transact: Transact;
}

/**
 * Changes the password, ends every other session and every link that would open or move the account, and tells the
 * owner. Sessions are ended before too: were they out of reach, nothing may change. Throws what `proveOwner` and
 * `lockOwner` throw, and 422 `password.breached`.
 */
export const changePassword =
  (deps: ChangePasswordDeps) =>
  async (
    caller: Caller,
    { currentPassword, newPassword }: { currentPassword?: string | undefined; newPassword: string },
  ): Promise<void> => {
    const user = await proveOwner(deps)(caller, currentPassword);
    const { id } = user;
    refuseBreached(newPassword, "body.newPassword");
    const passwordHash = await hashPassword(newPassword);
    await deps.sessions.endAll(id, caller.sessionId);
    await deps.transact(async (tx) => {
      await lockOwner(tx, id, passwordMark(user));
      await setPasswordHash(tx, id, passwordHash);
      await dropLinkTokens(tx, id, ["reset", "change-email"]);
      await addMailJob(tx, { kind: "password-changed", userId: id }, deps.now());
    });
    await deps.sessions.endAll(id, caller.sessionId);
  };
