import type { AuditOrigin, StaffAction } from "@tradepost/contracts/audit";
import type { Role } from "@tradepost/contracts/staff";
import type { User as UserView } from "@tradepost/contracts/user";
import { recordStaffWrite } from "@tradepost/postgres/audit";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { assertRolesMayChange, permissionsOf } from "../domain/roles.ts";
import { normaliseEmail, toUserView, type User } from "../domain/user.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { lockAdmins, rolesOf, updateRoles } from "../storage/staff-repository.ts";
import { findAccounts, lockUser } from "../storage/user-repository.ts";

/** The accounts of an address: the one that has proved it, and the newest that has not. */
export const listUsers =
  ({ sql }: { sql: Sql }) =>
  async ({ email }: { email: string }): Promise<{ items: UserView[] }> => {
    const { verified, pending } = await findAccounts(sql, normaliseEmail(email));
    return { items: [verified, pending].flatMap((user) => (user ? [toUserView(user)] : [])) };
  };

export interface SetRolesDeps {
  transact: Transact;
  sessions: SessionStore;
  now: () => Date;
}

/**
 * Gives somebody exactly these roles. Those taken away count no more as soon as this commits, new ones in all live
 * sessions as well. Throws as assertRolesMayChange, 404, and 403 for an actor who was no admin any more.
 */
export const setRoles =
  ({ transact, sessions, now }: SetRolesDeps) =>
  async (action: StaffAction, userId: string, roles: readonly Role[]): Promise<UserView> => {
    const user = await transact(async (tx) => {
      const adminIds = await lockAdmins(tx);
      if (!permissionsOf(await rolesOf(tx, action.actorId)).includes("staff.write"))
        throw new AppError(403, "permission.missing", "You may not do this");
      return changeRoles(tx, action, { userId, rolesAfter: () => [...new Set(roles)], adminIds, at: now() });
    });
    await sessions.setRoles(userId, user.roles);
    return toUserView(user);
  };

/** Changes the roles of an account and tells the audit log, unless they are these already. Admins must be locked. */
export async function changeRoles(
  tx: Sql,
  origin: AuditOrigin,
  change: { userId: string; rolesAfter: (before: readonly string[]) => string[]; adminIds: string[]; at: Date },
): Promise<User> {
  const user = await lockUser(tx, change.userId);
  if (!user) throw new AppError(404, "user.not_found", "There is no such user");
  const roles = change.rolesAfter(user.roles);
  assertRolesMayChange(user, roles, { actorId: origin.actorId, adminIds: change.adminIds });
  if (isSame(user.roles, roles)) return user;
  await updateRoles(tx, user.id, roles);
  const entry = { subject: `user:${user.id}`, before: { roles: user.roles }, after: { roles }, at: change.at };
  await recordStaffWrite(tx, origin, entry);
  return { ...user, roles };
}

const isSame = (before: readonly string[], after: readonly string[]): boolean =>
  before.length === after.length && before.every((role) => after.includes(role));
