import { randomUUIDv7 } from "node:crypto";
import { registerUser } from "@tradepost/contracts/user";
import { createPostgres } from "@tradepost/postgres/pool";
import { runFileCommand } from "@tradepost/service-runtime/command";
import { loadConfig } from "@tradepost/service-runtime/config";
import { Config } from "./config.ts";
import { refuseBreached } from "./domain/breached-passwords.ts";
import { hashPassword } from "./domain/password.ts";
import { normaliseEmail } from "./domain/user.ts";
import { insertUser, isAddressTaken } from "./storage/user-repository.ts";

const HELP = `Creates an account whose address counts as verified. One that the address has already stays as it is.

  node src/create-account.ts --file account.json

  --file FILE   JSON ("-" reads standard input): { email, password, name }
  --help        this text

Environment: DATABASE_URL, migrated.`;

await runFileCommand(HELP, async ({ read }) => {
  const { DATABASE_URL: url } = loadConfig(Config.pick({ DATABASE_URL: true }));
  const account = registerUser.body.parse(read());
  refuseBreached(account.password, "password");
  const postgres = createPostgres({ url, applicationName: "create-account", max: 1 });
  try {
    console.log((await create(postgres, account)) ? "created" : "the address has an account already");
  } finally {
    await postgres.end();
  }
});

async function create(
  postgres: ReturnType<typeof createPostgres>,
  { email, password, name }: { email: string; password: string; name: string },
): Promise<boolean> {
  const at = new Date();
  const user = {
    ...{ id: randomUUIDv7(), email: normaliseEmail(email), verifiedAt: at, name, roles: [] },
    passwordHash: await hashPassword(password),
    ...{ pinNetwork: false, locale: "en" as const, createdAt: at },
  };
  try {
    await insertUser(postgres, user, { currency: "EUR", marketing: false, sms: false });
    return true;
  } catch (error) {
    if (isAddressTaken(error)) return false;
    throw error;
  }
}
