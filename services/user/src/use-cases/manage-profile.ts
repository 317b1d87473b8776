import type { Preferences, User as UserView } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { toUserView } from "../domain/user.ts";
import { changePreferences, findPreferences, findUser, renameUser } from "../storage/user-repository.ts";

interface Deps {
  sql: Sql;
}

export const getMe =
  ({ sql }: Deps) =>
  async (userId: string): Promise<UserView> =>
    toUserView(found(await findUser(sql, userId)));

export const updateMe =
  ({ sql }: Deps) =>
  async (userId: string, { name }: { name: string }): Promise<UserView> =>
    toUserView(found(await renameUser(sql, userId, name)));

export const getPreferences =
  ({ sql }: Deps) =>
  async (userId: string): Promise<Preferences> =>
    found(await findPreferences(sql, userId));

/** Changes what is given, keeps the rest, and answers all of it. */
export const updatePreferences =
  ({ sql }: Deps) =>
  async (userId: string, changed: Parameters<typeof changePreferences>[2]): Promise<Preferences> =>
    found(await changePreferences(sql, userId, changed));

/** What the order service needs to write to a shopper. */
export const getContact =
  ({ sql }: Deps) =>
  async (userId: string) => {
    const { email, name } = found(await findUser(sql, userId));
    return { email, name, preferences: found(await findPreferences(sql, userId)) };
  };

function found<T>(value: T | null): T {
  if (value === null) throw new AppError(404, "user.not_found", "There is no such user");
  return value;
}
