import { userErased } from "@tradepost/contracts/user";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Transact } from "@tradepost/postgres/sql";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { deleteUser, lockUser } from "../storage/user-repository.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

/**
 * Erases the account with all that is kept of it here, ends all sessions, tells the owner, and tells the other services
 * to forget as well (`user.erased`). Throws 401 `session.step_up_required`.
 */
export const deleteAccount =
  (deps: ProveOwnerDeps & { transact: Transact }) =>
  async (caller: Caller): Promise<void> => {
    const { id } = await proveOwner(deps)(caller, undefined);
    // Before as well: were sessions out of reach, they would outlive the account.
    await deps.sessions.endAll(id, caller.sessionId);
    await deps.transact(async (tx) => {
      const user = await lockUser(tx, id);
      if (!user) return;
      const { email, name, locale, verifiedAt } = user;
      await deleteUser(tx, id);
      if (verifiedAt) await addMailJob(tx, { kind: "account-deleted", email, name, locale }, deps.now());
      await addToOutbox(tx, userErased, { aggregateId: id, payload: { userId: id } });
    });
    await deps.sessions.endAll(id);
  };
