import { userErased } from "@tradepost/contracts/user";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { assertAdminStays } from "../domain/roles.ts";
import { passwordMark } from "../domain/user.ts";
import { addMailJob, dropMailJobs } from "../storage/mail-job-repository.ts";
import { lockAdmins } from "../storage/staff-repository.ts";
import { deleteUser } from "../storage/user-repository.ts";
import { type Caller, lockOwner, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

/**
 * Erases the account with all that is kept of it here, ends all sessions, tells the owner, and tells the other services
 * to forget as well (`user.erased`). Throws 401 `session.step_up_required` and, to the shop's only admin, 409
 * `roles.last_admin`.
 */
export const deleteAccount =
  (deps: ProveOwnerDeps & { transact: Transact }) =>
  async (caller: Caller): Promise<void> => {
    const owner = await proveOwner(deps)(caller, undefined);
    const { id } = owner;
    await refuseLastAdmin(deps.sql, id);
    // Before as well: were sessions out of reach, they would outlive the account.
    await deps.sessions.endAll(id, caller.sessionId);
    await deps.transact(async (tx) => {
      await refuseLastAdmin(tx, id);
      const { email, name, locale, verifiedAt } = await lockOwner(tx, id, passwordMark(owner));
      await eraseUser(tx, { id, provedEmail: verifiedAt ? email : null });
      if (verifiedAt) await addMailJob(tx, { kind: "account-deleted", email, name, locale }, deps.now());
    });
    await deps.sessions.endAll(id);
  };

/** Deletes the account with what waits to be mailed about it, and tells the other services to forget as well. */
export async function eraseUser(
  tx: Sql,
  { id, provedEmail }: { id: string; provedEmail: string | null },
): Promise<void> {
  await deleteUser(tx, id);
  await dropMailJobs(tx, id, provedEmail);
  await addToOutbox(tx, userErased, { aggregateId: id, payload: { userId: id } });
}

/** In a transaction admins stay as they are until it ends. */
const refuseLastAdmin = async (tx: Sql, id: string): Promise<void> => assertAdminStays(id, await lockAdmins(tx));
