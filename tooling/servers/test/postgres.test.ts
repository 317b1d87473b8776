import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../src/postgres.ts";
import { identifyProcess } from "../src/process-identity.ts";
import { killHard, leaveOrphan, startFromElsewhere } from "./orphan.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const { dir, remove } = temporaryDirectory();
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ dir });
});
afterAll(async () => {
  await server.stop();
  remove();
});

async function query(url: string, text: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // some tests kill the server under it
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

test("is PostgreSQL 18, durable, in UTF-8 with C collation and Unicode's case, for many connections", async () => {
  const settings = ["server_version_num", "fsync", "server_encoding", "max_connections", "listen_addresses"];
  const rows = await query(server.url, settings.map((name) => `SELECT current_setting('${name}')`).join(" UNION ALL "));
  expect(rows.flat()).toEqual([expect.stringMatching(/^18/), "on", "UTF8", "300", "127.0.0.1"]);
  expect(await query(server.url, "SELECT 'a' < 'B', lower('É')")).toEqual([[false, "é"]]);
});

test("lets nobody in without the password, which only its user can read", async () => {
  const url = new URL(server.url);
  url.password = "wrong";
  await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(dir, "postgres.password")).mode & 0o777).toBe(0o600);
});

test("createDatabase makes a database once, whatever its name", async () => {
  const url = await server.createDatabase('shop "é" 1');
  expect(await query(url, "SELECT current_database()")).toEqual([['shop "é" 1']]);
  expect(await server.createDatabase('shop "é" 1')).toBe(url);
});

test("logs that a statement failed, and nothing of what it was about", async () => {
  await query(server.url, "CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE, name text NOT NULL)");
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const insert = "INSERT INTO people VALUES ($1, $2, $3)";
  await client.query(insert, [1, "ada@example.com", "Ada"]);
  const again = client.query(insert, [2, "ada@example.com", "Ada"]);
  await expect(again).rejects.toMatchObject({ detail: expect.stringContaining("ada@example.com") });
  await expect(client.query(insert, [3, "bob@example.com", null])).rejects.toThrow("null value");
  await expect(client.query("INSERT INTO people VALUES (1, 'eve@example.com', 'Eve')")).rejects.toThrow("people_pkey");
  await client.end();
  const log = () => readFileSync(join(dir, "postgres.log"), "utf8");
  await expect.poll(log).toMatch(/people_email_key.*null value.*people_pkey/s);
  expect(log()).not.toContain("@example.com");
});

test("the same directory means the same data and password, on the same port", async () => {
  await query(server.url, "CREATE TABLE kept AS SELECT 1 AS n");
  const { url, port } = server;
  await server.stop();
  expect(identifyProcess(server.pid)).toBeUndefined();
  server = await startPostgres({ dir, port });
  expect(server.url).toBe(url);
  expect(await query(server.url, "SELECT n FROM kept")).toEqual([[1]]);
});

test("recovers from kill -9: committed rows are there", async () => {
  await query(server.url, "CREATE TABLE committed AS SELECT 2 AS n");
  await killHard(server.pid);
  server = await startPostgres({ dir, port: server.port });
  expect(await query(server.url, "SELECT n FROM committed")).toEqual([[2]]);
});

test("starts although the pid in the lock file now belongs to another program", async () => {
  await killHard(server.pid);
  const lock = join(dir, "data", "postmaster.pid");
  writeFileSync(lock, readFileSync(lock, "utf8").replace(/^\d+/, String(process.ppid)));
  server = await startPostgres({ dir });
  expect(await query(server.url, "SELECT 1")).toEqual([[1]]);
});

test("takes the next port when the wanted one is taken", async () => {
  const { port } = server;
  await server.stop();
  const other = createServer().listen(port, "127.0.0.1");
  server = await startPostgres({ dir, port });
  expect(server.port).toBeGreaterThan(port);
  other.close();
});

test("ends the orphan of a process that was killed and carries on with its data", async () => {
  await server.stop();
  const orphan = await leaveOrphan("postgres", dir);
  await query(orphan.url, "CREATE TABLE orphaned AS SELECT 3 AS n");
  server = await startPostgres({ dir });
  expect(identifyProcess(orphan.pid)).toBeUndefined();
  expect(await query(server.url, "SELECT n FROM orphaned")).toEqual([[3]]);
});

test("refuses a directory that another living process uses", async () => {
  await server.stop();
  const other = await startFromElsewhere("postgres", dir);
  await expect(startPostgres({ dir })).rejects.toThrow(`belongs to process ${other.owner}`);
  expect(await query(other.url, "SELECT 1")).toEqual([[1]]);
  await killHard(other.owner);
  server = await startPostgres({ dir });
});
