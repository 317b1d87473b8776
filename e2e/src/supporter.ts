import { randomUUID } from "node:crypto";
import type { Role } from "@tradepost/contracts/staff";
import { registerUser, signIn, type User } from "@tradepost/contracts/user";
import { confirmTotp, setUpTotp } from "@tradepost/contracts/user-factors";
import { Secret, TOTP } from "otpauth";
import { Client } from "pg";
import { newVisitor, type Visitor } from "./visitor.ts";

export interface StaffMember extends Visitor {
  user: User;
  account: { email: string; password: string };
}

/** Somebody who answers shoppers and hands over parcels. */
export const newSupporter = (shopUrl: string, userDatabaseUrl: string): Promise<StaffMember> =>
  newStaff(shopUrl, userDatabaseUrl, ["support", "warehouse"]);

/** A member of staff with an authenticator app: roles count with a second factor. They are given in the database. */
export async function newStaff(shopUrl: string, userDatabaseUrl: string, roles: readonly Role[]): Promise<StaffMember> {
  const account = { email: `staff.${randomUUID()}@example.com`, password: "correct horse battery" };
  const { user } = await newVisitor(shopUrl).call(registerUser, { body: { ...account, name: "Grace" } });
  const database = new Client({ connectionString: userDatabaseUrl });
  await database.connect();
  await database.query("UPDATE users SET roles = $2, verified_at = now() WHERE id = $1", [user.id, roles]);
  await database.end();
  const visitor = newVisitor(shopUrl);
  await visitor.call(signIn, { body: account });
  await useAuthenticatorApp(visitor);
  return { ...visitor, user, account };
}

/** Sets an authenticator app up for whoever has just signed in; answers the app. */
export async function useAuthenticatorApp(visitor: Visitor): Promise<TOTP> {
  const { secret } = await visitor.call(setUpTotp, {});
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  await visitor.call(confirmTotp, { body: { code: app.generate() } });
  return app;
}
