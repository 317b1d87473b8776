import { randomUUID } from "node:crypto";
import { registerUser, signIn } from "@tradepost/contracts/user";
import { confirmTotp, setUpTotp } from "@tradepost/contracts/user-factors";
import { Secret, TOTP } from "otpauth";
import { Client } from "pg";
import { newVisitor, type Visitor } from "./visitor.ts";

/** Somebody of support, with an authenticator app: roles count with a second factor. The role is given in the database. */
export async function newSupporter(shopUrl: string, userDatabaseUrl: string): Promise<Visitor> {
  const account = { email: `staff.${randomUUID()}@example.com`, password: "correct horse battery" };
  const { user } = await newVisitor(shopUrl).call(registerUser, { body: { ...account, name: "Grace" } });
  const database = new Client({ connectionString: userDatabaseUrl });
  await database.connect();
  await database.query("UPDATE users SET roles = '{support}' WHERE id = $1", [user.id]);
  await database.end();
  const visitor = newVisitor(shopUrl);
  await visitor.call(signIn, { body: account });
  await useAuthenticatorApp(visitor);
  return visitor;
}

/** Sets an authenticator app up for whoever has just signed in; answers the app. */
export async function useAuthenticatorApp(visitor: Visitor): Promise<TOTP> {
  const { secret } = await visitor.call(setUpTotp, {});
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  await visitor.call(confirmTotp, { body: { code: app.generate() } });
  return app;
}
