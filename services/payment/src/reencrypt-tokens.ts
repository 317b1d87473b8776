import { parseArgs } from "node:util";
import { openKeyRing } from "@tradepost/key-ring/open-key-ring";
import { createVault, type Vault } from "@tradepost/key-ring/vault";
import { createPostgres } from "@tradepost/postgres/pool";
import { ConfigError, loadConfig, runMain } from "@tradepost/service-runtime/config";
import { Config } from "./config.ts";
import { countByKey } from "./storage/sealed-secrets.ts";
import { reencryptTokens } from "./use-cases/reencrypt-tokens.ts";

const HELP = `Seals payments' client secrets anew under the first of TOKEN_KEYS, so that older keys can be removed.

  node src/reencrypt-tokens.ts [options]

  --batch N     secrets per transaction, 1 to 5000; 500 unless said
  --count       only says how many secrets are kept under which key
  --help        this text

Environment: DATABASE_URL, TOKEN_KEYS (or TOKEN_KEYS_FILE) with the new key first and the old ones after it; for
keys that AWS KMS unwraps, its credentials and region too.
Safe while the service runs. It may be stopped at any time; started again, it goes on with what is left.
Exits with 1 when some secrets cannot be read, and names their orders.`;

const { values } = parseArgs({
  options: {
    batch: { type: "string", default: "500" },
    count: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

await runMain(async () => {
  if (values.help) return console.log(HELP);
  const batchSize = readBatchSize(values.batch);
  const { DATABASE_URL: url } = loadConfig(Config.pick({ DATABASE_URL: true }));
  const tokenKeys = await openKeyRing("TOKEN_KEYS", { service: "payment" });
  const postgres = createPostgres({ url, applicationName: "reencrypt-tokens", max: 2 });
  try {
    if (!values.count) await reencrypt(postgres, createVault(tokenKeys), batchSize);
    for (const { keyId, count } of await countByKey(postgres)) console.log(`${count} under ${keyId}`);
  } finally {
    tokenKeys.stop();
    await postgres.end();
  }
});

async function reencrypt(postgres: ReturnType<typeof createPostgres>, vault: Vault, batchSize: number): Promise<void> {
  const work = reencryptTokens({ sql: postgres, transact: postgres.transact, vault });
  const { done, keyId, unreadable } = await work({
    batchSize,
    onProgress: (progress) => console.log(`${progress.done} of ${progress.total}`),
  });
  console.log(`${done} secrets are now under ${keyId}`);
  if (unreadable.length === 0) return;
  process.exitCode = 1;
  console.error(`${unreadable.length} cannot be read, of the orders:\n${unreadable.join("\n")}`);
}

function readBatchSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 5000) throw new ConfigError("--batch must be 1 to 5000");
  return size;
}
