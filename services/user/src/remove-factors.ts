import { parseArgs } from "node:util";
import { createPostgres } from "@tradepost/postgres/pool";
import { runCommand } from "@tradepost/service-runtime/command";
import { loadConfig } from "@tradepost/service-runtime/config";
import { Redis } from "ioredis";
import { Config } from "./config.ts";
import { createSessionStore } from "./storage/session-store.ts";
import { removeFactors } from "./use-cases/remove-factors.ts";

const HELP = `Takes authenticator app, passkeys and recovery codes from an account whose owner has lost them all, and ends its
sessions. Make sure first, by other means than the password, that it is the owner who asks.

  node src/remove-factors.ts --email ADDRESS

  --email ADDRESS  of an account that has proved it; it is written to
  --help           this text

It stands in the audit log. Environment: DATABASE_URL, migrated, and REDIS_URL.`;

const { values } = parseArgs({ options: { email: { type: "string" }, help: { type: "boolean", default: false } } });

await runCommand({ help: HELP, wantsHelp: values.help, args: values.email, run: removeFactorsOf });

async function removeFactorsOf(email: string): Promise<void> {
  const config = loadConfig(Config.pick({ DATABASE_URL: true, REDIS_URL: true }));
  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "remove-factors", max: 1 });
  const redis = new Redis(config.REDIS_URL, { maxRetriesPerRequest: 2 });
  try {
    const deps = { transact: postgres.transact, sessions: createSessionStore(redis), now: () => new Date() };
    const origin = { service: "user", route: "command remove-factors", actorId: null, requestId: null } as const;
    const removed = await removeFactors(deps)(email, origin);
    console.log(removed === null ? "no account has proved this address" : `removed: ${removed.join(", ") || "none"}`);
    if (removed === null) process.exitCode = 1;
  } finally {
    redis.disconnect();
    await postgres.end();
  }
}
