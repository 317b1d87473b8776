import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@tradepost/servers/postgres";
import { startFaultProxy } from "@tradepost/testing/fault-proxy";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPostgres, type Postgres } from "../src/pool.ts";
import { PostgresUnavailable } from "../src/unavailable.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let postgres: Postgres;

beforeAll(async () => {
  database = await testDatabase();
  postgres = createPostgres({ url: database.url, applicationName: "pool-test", max: 5, statementTimeoutMs: 2_000 });
  await postgres.query("CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL)");
});
afterAll(async () => {
  await postgres.end();
  await database.drop();
});

const balanceOf = async (id: number): Promise<number | bigint | undefined> => {
  const { rows } = await postgres.query<{ balance: number | bigint }>("SELECT balance FROM accounts WHERE id = $1", [
    id,
  ]);
  return rows[0]?.balance;
};

const backendPid = async (sql: Pick<Postgres, "query">): Promise<number> => {
  const { rows } = await sql.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]!.pid;
};

/** As an administrator or a crash would, from a connection of its own. */
const killBackend = async (pid: number): Promise<void> => {
  const admin = createPostgres({ url: database.url, applicationName: "killer", max: 1 });
  await admin.query("SELECT pg_terminate_backend($1, 5000)", [pid]);
  await admin.end();
};

describe("values", () => {
  it("reads int8 as a number while that is exact, else as a bigint", async () => {
    const { rows } = await postgres.query("SELECT $1::int8 AS safe, $2::int8 AS huge, count(*) AS n", [
      "9007199254740991",
      "9007199254740993",
    ]);
    expect(rows).toEqual([{ safe: 9007199254740991, huge: 9007199254740993n, n: 1 }]);
  });

  it("keeps a date as the text it is", async () => {
    const { rows } = await postgres.query("SELECT '2030-03-31'::date AS day");
    expect(rows).toEqual([{ day: "2030-03-31" }]);
  });

  it("prepares a statement with values once per connection", async () => {
    await postgres.transact(async (tx) => {
      for (const value of [1, 2, 3]) await tx.query("SELECT $1::int + 40 AS prepared_probe", [value]);
      const { rows } = await tx.query<{ n: number }>(
        "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE '%prepared_probe'",
      );
      expect(rows).toEqual([{ n: 1 }]);
    });
  });

  it("survives a migration that changes the columns behind a prepared SELECT *", async () => {
    await postgres.query("CREATE TABLE widened (id int)");
    const one = createPostgres({ url: database.url, applicationName: "one", max: 1 });
    await one.query("SELECT * FROM widened WHERE id = $1", [1]);
    await postgres.query("ALTER TABLE widened ADD COLUMN note text");
    await postgres.query("INSERT INTO widened VALUES (1, 'new')");
    await expect(one.query("SELECT * FROM widened WHERE id = $1", [1])).resolves.toMatchObject({
      rows: [{ id: 1, note: "new" }],
    });
    await one.end();
  });
});

describe("transact", () => {
  it("stores everything or nothing", async () => {
    const failing = postgres.transact(async (tx) => {
      await tx.query("INSERT INTO accounts VALUES (1, 100)");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await balanceOf(1)).toBeUndefined();
    await postgres.transact((tx) => tx.query("INSERT INTO accounts VALUES (1, 100)"));
    expect(await balanceOf(1)).toBe(100);
  });

  it("refuses to report success when a failed statement was swallowed", async () => {
    const swallowing = postgres.transact(async (tx) => {
      await tx.query("INSERT INTO accounts VALUES (2, 1)");
      await tx.query("SELECT 1 / 0").catch(() => {});
    });
    await expect(swallowing).rejects.toThrow("rolled back");
    expect(await balanceOf(2)).toBeUndefined();
  });

  it("refuses a query that comes after its end", async () => {
    const leaked = await postgres.transact(async (tx) => tx);
    await expect(leaked.query("SELECT 1")).rejects.toThrow("transaction is over");
  });

  it("repeats the work after serialization failures until every increment counts", async () => {
    await postgres.query("INSERT INTO accounts VALUES (3, 0)");
    const twoHaveRead = Promise.withResolvers<void>();
    let runs = 0;
    const increment = () =>
      postgres.transact(
        async (tx) => {
          const { rows } = await tx.query<{ balance: number }>("SELECT balance FROM accounts WHERE id = 3");
          runs += 1;
          if (runs === 2) twoHaveRead.resolve();
          await twoHaveRead.promise;
          await tx.query("UPDATE accounts SET balance = $1 WHERE id = 3", [rows[0]!.balance + 1]);
        },
        { isolation: "serializable" },
      );
    await Promise.all([increment(), increment()]);
    expect(await balanceOf(3)).toBe(2);
    expect(runs).toBe(3);
  });

  it("repeats the work after a deadlock", async () => {
    await postgres.query("INSERT INTO accounts VALUES (4, 0), (5, 0)");
    const bothHoldOne = Promise.withResolvers<void>();
    let holding = 0;
    const addInOrder = (first: number, second: number) =>
      postgres.transact(async (tx) => {
        // Found after a second, it might come too late for the limit of two.
        await tx.query("SET LOCAL deadlock_timeout = '100ms'");
        await tx.query("UPDATE accounts SET balance = balance + 1 WHERE id = $1", [first]);
        holding += 1;
        if (holding === 2) bothHoldOne.resolve();
        await bothHoldOne.promise;
        await tx.query("UPDATE accounts SET balance = balance + 1 WHERE id = $1", [second]);
      });
    await Promise.all([addInOrder(4, 5), addInOrder(5, 4)]);
    expect([await balanceOf(4), await balanceOf(5)]).toEqual([2, 2]);
    expect(holding).toBe(3);
  });
});

describe("failures", () => {
  it("passes a statement's own error on, and goes on using the connection", async () => {
    await expect(postgres.query("SELECT no_such_column")).rejects.toMatchObject({ code: "42703" });
    await postgres.ping();
  });

  it("cancels a statement that takes longer than the limit", async () => {
    await expect(postgres.query("SELECT pg_sleep(20)")).rejects.toMatchObject({ code: "57014" });
  });

  it("calls a connection that breaks inside a transaction unavailable, and rolls back", async () => {
    const broken = postgres.transact(async (tx) => {
      await tx.query("INSERT INTO accounts VALUES (6, 1)");
      await killBackend(await backendPid(tx));
      await tx.query("SELECT 1");
    });
    await expect(broken).rejects.toBeInstanceOf(PostgresUnavailable);
    expect(await balanceOf(6)).toBeUndefined();
  });

  it("lets nobody notice a connection that died while it was idle", async () => {
    const idleErrors: Error[] = [];
    const one = createPostgres({
      url: database.url,
      applicationName: "one",
      max: 1,
      onIdleError: (error) => idleErrors.push(error),
    });
    await killBackend(await backendPid(one));
    await waitFor(() => idleErrors.length > 0);
    await expect(one.transact((tx) => tx.query("SELECT 1 AS fine"))).resolves.toMatchObject({ rows: [{ fine: 1 }] });
    await one.end();
  });

  it("gives up on a network that has gone silent, and works again once it is heard", async () => {
    const proxy = await startFaultProxy({ target: database.url });
    const far = createPostgres({
      url: proxy.url,
      applicationName: "far",
      statementTimeoutMs: 100,
      connectTimeoutMs: 500,
    });
    // On a busy machine a first connection may take longer than this one waits.
    await waitFor(() => far.ping().then(() => true), { what: "a connection that is open" });
    proxy.set({ kind: "blackhole" });
    await expect(far.ping(), "a connection that was open").rejects.toBeInstanceOf(PostgresUnavailable);
    await expect(far.ping(), "a new connection").rejects.toBeInstanceOf(PostgresUnavailable);
    proxy.set({ kind: "pass" });
    await waitFor(() => far.ping().then(() => true), { what: "the server to be heard again" });
    await far.end();
    await proxy.close();
  });

  it("is unavailable while the server is down and works again once it is back", async () => {
    const dir = await mkdtemp(join(tmpdir(), "tradepost-restart-"));
    const first = await startPostgres({ dir });
    const survivor = createPostgres({ url: first.url, applicationName: "survivor" });
    await survivor.query("CREATE TABLE facts (n int)");
    await survivor.query("INSERT INTO facts VALUES ($1)", [7]);
    await first.stop();
    await expect(survivor.ping()).rejects.toMatchObject({ unavailable: true, code: "unavailable" });
    await expect(survivor.transact((tx) => tx.query("SELECT 1"))).rejects.toBeInstanceOf(PostgresUnavailable);
    const second = await startPostgres({ dir, port: first.port });
    expect(second.url).toBe(first.url);
    expect((await survivor.query("SELECT n FROM facts WHERE n = $1", [7])).rows).toEqual([{ n: 7 }]);
    await survivor.end();
    await second.stop();
    await rm(dir, { recursive: true, force: true });
  });
});
