import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

export interface MigrationDirectory {
  /** Prefixes the files' names in `schema_migrations`; must never change once it has been used. */
  name: string;
  path: string;
}

export interface MigrationResult {
  /** Names that ran just now, in order, such as `order/0002_refunds.sql`. */
  applied: string[];
  alreadyApplied: string[];
}

/** A file failed or cannot be accepted; the message names the file, and the line where the server found the fault. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed";
}

/** The outbox and inbox tables: put it before a service's own directory. */
export const messagingMigrations: MigrationDirectory = {
  name: "messaging",
  path: fileURLToPath(new URL("../messaging-migrations", import.meta.url)),
};

/**
 * Brings a database up to date: runs each `0001_some_name.sql` of each directory that has not run yet, by number.
 *
 * Every file is one transaction with its row in `schema_migrations`, under a lock that makes any number of starting
 * replicas safe. Throws `MigrationFailed` for a file that fails, is misnamed, or was changed after it had run; what ran
 * before it stays. Rows without a file are left alone, because an older release may start beside a newer schema.
 */
export async function migrate(options: {
  url: string;
  directories: readonly MigrationDirectory[];
  /** How long a file may wait for a table lock; while it waits, it blocks that table's traffic. */
  lockTimeoutMs?: number;
}): Promise<MigrationResult> {
  const migrations = (await Promise.all(options.directories.map(readMigrations))).flat();
  const client = new Client({ connectionString: options.url, application_name: "migrate", keepAlive: true });
  // A connection that breaks also rejects the running query, which tells the caller.
  client.on("error", () => {});
  await client.connect();
  try {
    await inTransaction(client, () => client.query(createTable));
    const result: MigrationResult = { applied: [], alreadyApplied: [] };
    for (const migration of migrations) {
      const ran = await inTransaction(client, () => apply(client, migration, options.lockTimeoutMs ?? 10_000));
      result[ran ? "applied" : "alreadyApplied"].push(migration.name);
    }
    return result;
  } finally {
    await client.end();
  }
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

const createTable = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    name       text        PRIMARY KEY,
    checksum   text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`;

async function readMigrations({ name: prefix, path }: MigrationDirectory): Promise<Migration[]> {
  const files = (await readdir(path)).filter((file) => file.endsWith(".sql")).sort();
  const misnamed = files.find((file, index) => Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]) !== index + 1);
  if (misnamed) throw new MigrationFailed(`${prefix}/${misnamed}: files are numbered 0001_name.sql, 0002_…, no gaps`);
  return Promise.all(
    files.map(async (file) => {
      // Git may check files out with other line ends; that is no change.
      const sql = (await readFile(join(path, file), "utf8")).replaceAll("\r\n", "\n");
      return { name: `${prefix}/${file}`, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** Holds the lock until the end of the transaction, so it also works through a transaction-pooling proxy. */
async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('schema_migrations'))");
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration, lockTimeoutMs: number): Promise<boolean> {
  const { rows } = await client.query("SELECT checksum FROM schema_migrations WHERE name = $1", [name]);
  if (rows[0]?.checksum === checksum) return false;
  if (rows[0]) throw new MigrationFailed(`${name} has run already and was changed since; add a new file instead`);
  await client.query("SELECT set_config('lock_timeout', $1, true)", [`${lockTimeoutMs}ms`]);
  await client.query(sql).catch((cause: unknown) => {
    throw new MigrationFailed(describeFailure(name, sql, cause), { cause });
  });
  await client.query("INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)", [name, checksum]);
  return true;
}

function describeFailure(name: string, sql: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const position = cause instanceof Error && "position" in cause ? Number(cause.position) : Number.NaN;
  const line = Number.isNaN(position) ? "" : `:${[...sql].slice(0, position - 1).filter((c) => c === "\n").length + 1}`;
  return `${name}${line}: ${message}`;
}
