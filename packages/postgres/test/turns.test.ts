import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createPostgres, type Postgres } from "../src/pool.ts";
import { createTurns } from "../src/turns.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let postgres: Postgres;
beforeAll(async () => {
  database = await testDatabase(async (url) => {
    const sql = createPostgres({ url, applicationName: "turns-test" });
    await sql.query(
      `CREATE TABLE turns (name text PRIMARY KEY, claimed_until timestamptz NOT NULL, covered_until timestamptz,
         succeeded_at timestamptz, report jsonb)`,
    );
    await sql.end();
  });
  postgres = createPostgres({ url: database.url, applicationName: "turns-test" });
});
beforeEach(async () => {
  await postgres.query("DELETE FROM turns");
});
afterAll(async () => {
  await postgres.end();
  await database.drop();
});

const turnsOf = (options: Partial<{ everyMs: number; leaseMs: number }> = {}) =>
  createTurns<{ found: number }>(postgres, "count", { everyMs: 3_600_000, leaseMs: 3_600_000, ...options });
const coveredUntil = new Date("2026-11-24T10:00:00Z");

it("gives one replica the turn, however many ask at once, and nobody another until it is due", async () => {
  const claims = await Promise.all(Array.from({ length: 10 }, () => turnsOf().claim()));
  const [turn, ...others] = claims.filter((claim) => claim !== null);
  expect(others).toEqual([]);
  expect(turn?.last).toEqual({ coveredUntil: null, succeededAt: null, report: null });
  await turn?.succeed({ coveredUntil, report: { found: 2 } });
  expect(await turnsOf().claim()).toBeNull();
  expect(await turnsOf().last()).toMatchObject({ coveredUntil, report: { found: 2 } });
  await postgres.query("UPDATE turns SET succeeded_at = now() - interval '61 minutes'");
  expect((await turnsOf().claim())?.last).toMatchObject({ coveredUntil, report: { found: 2 } });
});

it("is due again at once after a failure, without forgetting what was covered", async () => {
  await (await turnsOf({ everyMs: 0 }).claim())?.succeed({ coveredUntil, report: { found: 0 } });
  const failed = await waitFor(() => turnsOf({ everyMs: 0 }).claim());
  expect(await turnsOf({ everyMs: 0 }).claim()).toBeNull();
  await failed.giveUp();
  expect((await turnsOf({ everyMs: 0 }).claim())?.last.coveredUntil).toEqual(coveredUntil);
});

it("lasts longer each time it is renewed, and is lost no less when it was not", async () => {
  const claimedUntil = async () =>
    (await postgres.query<{ claimed_until: Date }>("SELECT claimed_until FROM turns")).rows[0]!.claimed_until.getTime();
  const turn = await turnsOf().claim();
  const first = await claimedUntil();
  await turn?.renew();
  // And again where all of it came within one millisecond.
  await waitFor(() => turn?.renew().then(async () => (await claimedUntil()) > first), { what: "a later end" });
  await turn?.succeed({ coveredUntil, report: { found: 3 } });
  expect((await turnsOf().last()).report).toEqual({ found: 3 });
  const dead = await waitFor(() => turnsOf({ everyMs: 0, leaseMs: 1 }).claim());
  const next = await waitFor(() => turnsOf({ everyMs: 0 }).claim());
  const second = await claimedUntil();
  await dead.renew();
  expect(await claimedUntil()).toBe(second);
  await next.giveUp();
});

it("passes on from a replica that died, whose late success then counts for nothing", async () => {
  const dead = await turnsOf({ leaseMs: 1 }).claim();
  const next = await waitFor(() => turnsOf().claim());
  await dead?.succeed({ coveredUntil: new Date(), report: { found: 99 } });
  expect((await turnsOf().last()).report).toBeNull();
  await next.succeed({ coveredUntil, report: { found: 1 } });
  expect((await turnsOf().last()).report).toEqual({ found: 1 });
});
