import { randomUUIDv7 } from "node:crypto";
import type { Locale } from "@tradepost/contracts/market";
import type { SignedIn } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { hashPassword } from "../domain/password.ts";
import { normaliseEmail, type User } from "../domain/user.ts";
import { insertUser } from "../storage/user-repository.ts";
import { type Origin, type StartSessionDeps, startSession } from "./start-session.ts";

/** Creates an account and signs in. Throws 409 `user.exists` for an address that has one. */
export const registerUser =
  (deps: StartSessionDeps & { sql: Sql }) =>
  async (
    { email, password, name }: { email: string; password: string; name: string },
    locale: Locale,
    origin: Origin,
  ): Promise<SignedIn> => {
    const user: User = {
      ...{ id: randomUUIDv7(), email: normaliseEmail(email), name, roles: [] },
      passwordHash: await hashPassword(password),
      createdAt: deps.now(),
    };
    const preferences = { locale, currency: "EUR" as const, marketing: false, sms: false };
    if (!(await insertUser(deps.sql, user, preferences)))
      throw new AppError(409, "user.exists", "This address has an account already; sign in instead");
    return startSession(deps)(user, origin);
  };
