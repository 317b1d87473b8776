import type { Transact } from "@tradepost/postgres/sql";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { deleteUser } from "../storage/user-repository.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

/** Deletes the account with its addresses, ends all sessions and tells the owner. Throws 401 `session.step_up_required`. */
export const deleteAccount =
  (deps: ProveOwnerDeps & { transact: Transact }) =>
  async (caller: Caller): Promise<void> => {
    const { id, email, name, locale, verifiedAt } = await proveOwner(deps)(caller, undefined);
    await deps.transact(async (tx) => {
      await deleteUser(tx, id);
      if (verifiedAt) await addMailJob(tx, { kind: "account-deleted", email, name, locale }, deps.now());
    });
    await deps.sessions.endAll(id);
  };
