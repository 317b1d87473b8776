import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testDatabase } from "@tradepost/testing/stores";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MigrationFailed, messagingMigrations, migrate } from "../src/migrate.ts";
import { createPostgres, type Postgres } from "../src/pool.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let postgres: Postgres;
let path: string;

beforeEach(async () => {
  database = await testDatabase();
  postgres = createPostgres({ url: database.url, applicationName: "migrate-test" });
  path = await mkdtemp(join(tmpdir(), "tradepost-migrations-"));
});
afterEach(async () => {
  await postgres.end();
  await database.drop();
  await rm(path, { recursive: true });
});

const file = (name: string, sql: string): Promise<void> => writeFile(join(path, name), sql);
const run = () => migrate({ url: database.url, directories: [messagingMigrations, { name: "shop", path }] });
const tableExists = async (name: string): Promise<boolean> =>
  (await postgres.query("SELECT FROM pg_tables WHERE tablename = $1", [name])).rowCount === 1;

const messaging = "messaging/0001_outbox_and_inbox.sql";

it("runs new files in order, once", async () => {
  await file("0001_orders.sql", "CREATE TABLE orders (id int);");
  await file("0002_lines.sql", "ALTER TABLE orders ADD COLUMN lines jsonb;\nCREATE INDEX ON orders (id);");
  expect(await run()).toEqual({
    applied: [messaging, "shop/0001_orders.sql", "shop/0002_lines.sql"],
    alreadyApplied: [],
  });
  await file("0003_more.sql", "ALTER TABLE orders ADD COLUMN note text;");
  expect(await run()).toEqual({
    applied: ["shop/0003_more.sql"],
    alreadyApplied: [messaging, "shop/0001_orders.sql", "shop/0002_lines.sql"],
  });
});

it("lets any number of replicas start at once", async () => {
  await file("0001_slow.sql", "CREATE TABLE orders (id int); SELECT pg_sleep(0.3); INSERT INTO orders VALUES (1);");
  const results = await Promise.all([run(), run(), run()]);
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual([messaging, "shop/0001_slow.sql"]);
  expect((await postgres.query("SELECT * FROM orders")).rows).toEqual([{ id: 1 }]);
});

it("accepts procedural blocks", async () => {
  await file("0001_block.sql", "DO $$ BEGIN EXECUTE 'CREATE TABLE from_block (id int)'; END $$;");
  await run();
  expect(await tableExists("from_block")).toBe(true);
});

it("undoes a file that fails, keeps those before it, and names file and line", async () => {
  await file("0001_good.sql", "CREATE TABLE good (id int);");
  await file("0002_bad.sql", "CREATE TABLE half (id int);\n\nSELECT nothing FROM nowhere;");
  await expect(run()).rejects.toThrow(/^shop\/0002_bad\.sql:3: relation "nowhere" does not exist/);
  expect([await tableExists("good"), await tableExists("half")]).toEqual([true, false]);
  await file("0002_bad.sql", "CREATE TABLE half (id int);");
  expect((await run()).applied).toEqual(["shop/0002_bad.sql"]);
});

it("refuses a file that was changed after it had run, whatever the line ends", async () => {
  await file("0001_orders.sql", "CREATE TABLE orders (\n  id int\n);\n");
  await run();
  await file("0001_orders.sql", "CREATE TABLE orders (\r\n  id int\r\n);\r\n");
  expect((await run()).applied).toEqual([]);
  await file("0001_orders.sql", "CREATE TABLE orders (\n  id bigint\n);\n");
  await expect(run()).rejects.toThrow("shop/0001_orders.sql has run already and was changed since");
});

it.each([["0002_first.sql"], ["0001_Orders.sql"], ["orders.sql"]])("refuses a misnumbered file: %s", async (name) => {
  await file(name, "SELECT 1;");
  await expect(run()).rejects.toThrow(MigrationFailed);
});

it("refuses two files of one number", async () => {
  await file("0001_a.sql", "SELECT 1;");
  await file("0001_b.sql", "SELECT 1;");
  await expect(run()).rejects.toThrow("shop/0001_b.sql");
});

it("gives up on a table that others keep locked, rather than block them", async () => {
  await file("0001_orders.sql", "CREATE TABLE orders (id int);");
  await run();
  await file("0002_note.sql", "ALTER TABLE orders ADD COLUMN note text;");
  await postgres.transact(async (tx) => {
    await tx.query("SELECT * FROM orders");
    const blocked = migrate({ url: database.url, directories: [{ name: "shop", path }], lockTimeoutMs: 100 });
    await expect(blocked).rejects.toThrow(/0002_note.*lock timeout/);
  });
  expect((await run()).applied).toEqual(["shop/0002_note.sql"]);
});
