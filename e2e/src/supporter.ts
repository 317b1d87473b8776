import { randomUUID } from "node:crypto";
import { registerUser, signIn } from "@tradepost/contracts/user";
import { Client } from "pg";
import { newVisitor, type Visitor } from "./visitor.ts";

/** Somebody of support. The role is given in the database, and a session has the roles of its begin. */
export async function newSupporter(shopUrl: string, userDatabaseUrl: string): Promise<Visitor> {
  const account = { email: `staff.${randomUUID()}@example.com`, password: "correct horse battery" };
  const { user } = await newVisitor(shopUrl).call(registerUser, { body: { ...account, name: "Grace" } });
  const database = new Client({ connectionString: userDatabaseUrl });
  await database.connect();
  await database.query("UPDATE users SET roles = '{support}' WHERE id = $1", [user.id]);
  await database.end();
  const visitor = newVisitor(shopUrl);
  await visitor.call(signIn, { body: account });
  return visitor;
}
