import type { AuditOrigin } from "@tradepost/contracts/audit";
import { recordStaffWrite } from "@tradepost/postgres/audit";
import type { Transact } from "@tradepost/postgres/sql";
import { normaliseEmail } from "../domain/user.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { deletePasskey, listPasskeys } from "../storage/passkey-repository.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { deleteTotp } from "../storage/totp-repository.ts";
import { findAccounts, lockUser } from "../storage/user-repository.ts";
import { dropCodesOfNothing } from "./keep-recovery-codes.ts";

export interface RemoveFactorsDeps {
  transact: Transact;
  sessions: SessionStore;
  now: () => Date;
}

/**
 * Takes all second factors from an account whose owner has lost them, ends its sessions and tells the owner. Answers what
 * was removed; null when no account has proved the address.
 */
export const removeFactors =
  ({ transact, sessions, now }: RemoveFactorsDeps) =>
  async (email: string, origin: AuditOrigin): Promise<string[] | null> => {
    const done = await transact(async (tx) => {
      const { verified } = await findAccounts(tx, normaliseEmail(email));
      const user = verified && (await lockUser(tx, verified.id));
      if (!user) return null;
      const at = now();
      const removed = (await deleteTotp(tx, user.id)) ? ["totp"] : [];
      for (const { id } of await listPasskeys(tx, user.id)) {
        await deletePasskey(tx, user.id, id);
        removed.push("passkey");
      }
      await dropCodesOfNothing(tx, user.id);
      if (removed.length === 0) return { userId: user.id, removed };
      await addMailJob(tx, { kind: "factors-changed", userId: user.id }, at);
      const subject = `user:${user.id}`;
      await recordStaffWrite(tx, origin, { subject, before: { factors: removed }, after: { factors: [] }, at });
      return { userId: user.id, removed };
    });
    if (done && done.removed.length > 0) await sessions.endAll(done.userId);
    return done ? done.removed : null;
  };
