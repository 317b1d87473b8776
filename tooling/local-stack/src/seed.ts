import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promotions } from "@tradepost/demo-catalogue/promotions";
import { runNode } from "./run-node.ts";
import { repository } from "./services.ts";

/** Who can sign in to a fresh shop. */
export const DEMO_ACCOUNT = { email: "ada@example.com", password: "tradepost-demo", name: "Ada Lovelace" };

/** Who runs a fresh shop. Roles count once an authenticator app or a passkey was added to the account. */
export const DEMO_STAFF = { email: "grace@example.com", password: "tradepost-staff", name: "Grace Hopper" };

/** Brings the demo catalogue into the product service's database; what is there already stays as it is. */
export async function seedCatalogue(mongoUrl: string, dir: string, say: (line: string) => void): Promise<void> {
  const file = join(dir, "catalogue.json");
  await runNode({ args: [join(repository, "tooling/demo-catalogue/src/export.ts"), "--file", file], cwd: repository });
  const args = [join(repository, "services/product/src/import.ts"), "--file", file];
  await runNode({ args, cwd: repository, env: { MONGODB_URL: mongoUrl }, onLine: say });
}

export async function seedPromotions(databaseUrl: string, dir: string): Promise<void> {
  const file = join(dir, "promotions.json");
  writeFileSync(file, JSON.stringify(promotions));
  const args = [join(repository, "services/order/src/import-promotions.ts"), "--file", file];
  await runNode({ args, cwd: repository, env: { DATABASE_URL: databaseUrl } });
}

/** Creates the demo accounts, with their addresses verified, unless they are there: a shopper, and an admin. */
export async function seedAccounts(databaseUrl: string, dir: string): Promise<void> {
  await Promise.all([
    createAccount(databaseUrl, join(dir, "account.json"), DEMO_ACCOUNT),
    createAccount(databaseUrl, join(dir, "staff-account.json"), DEMO_STAFF).then(() => makeAdmin(databaseUrl)),
  ]);
}

async function makeAdmin(databaseUrl: string): Promise<void> {
  const args = [join(repository, "services/user/src/grant-role.ts"), "--email", DEMO_STAFF.email, "--role", "admin"];
  await runNode({ args, cwd: repository, env: { DATABASE_URL: databaseUrl } });
}

async function createAccount(databaseUrl: string, file: string, account: typeof DEMO_ACCOUNT): Promise<void> {
  writeFileSync(file, JSON.stringify(account));
  const args = [join(repository, "services/user/src/create-account.ts"), "--file", file];
  await runNode({ args, cwd: repository, env: { DATABASE_URL: databaseUrl } });
}
