import type { Transact } from "@tradepost/postgres/sql";
import { refuseBreached } from "../domain/breached-passwords.ts";
import { hashPassword } from "../domain/password.ts";
import { dropLinkTokens } from "../storage/link-token-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { setPasswordHash } from "../storage/user-repository.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

export interface ChangePasswordDeps extends ProveOwnerDeps {
  transact: Transact;
}

/**
 * Changes the password, ends every other session and tells the owner. Sessions are ended before too: were they out of
 * reach, nothing may change. Throws what `proveOwner` throws, and 422 `password.breached`.
 */
export const changePassword =
  (deps: ChangePasswordDeps) =>
  async (
    caller: Caller,
    { currentPassword, newPassword }: { currentPassword?: string | undefined; newPassword: string },
  ): Promise<void> => {
    const { id } = await proveOwner(deps)(caller, currentPassword);
    refuseBreached(newPassword, "body.newPassword");
    const passwordHash = await hashPassword(newPassword);
    await deps.sessions.endAll(id, caller.sessionId);
    await deps.transact(async (tx) => {
      await setPasswordHash(tx, id, passwordHash);
      await dropLinkTokens(tx, id, ["reset"]);
      await addMailJob(tx, { kind: "password-changed", userId: id }, deps.now());
    });
    await deps.sessions.endAll(id, caller.sessionId);
  };
