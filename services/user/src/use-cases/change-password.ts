import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { checkPassword, hashPassword } from "../domain/password.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { findUser, setPasswordHash } from "../storage/user-repository.ts";

export interface ChangePasswordDeps {
  sql: Sql;
  sessions: SessionStore;
}

/** Changes the password and ends every other session. Throws 422 `credentials.invalid` when the current one is wrong. */
export const changePassword =
  ({ sql, sessions }: ChangePasswordDeps) =>
  async (
    { userId, sessionId }: { userId: string; sessionId: string },
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  ): Promise<void> => {
    const user = await findUser(sql, userId);
    if (!user || !(await checkPassword(currentPassword, user.passwordHash)).fits)
      throw new AppError(422, "credentials.invalid", "The current password is wrong", {
        errors: [{ path: "body.currentPassword", message: "is wrong" }],
      });
    await setPasswordHash(sql, userId, await hashPassword(newPassword));
    await sessions.endAll(userId, sessionId);
  };
