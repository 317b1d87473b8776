import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTurns } from "../../src/storage/turn-store.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";

const MINUTE = 60_000;
const report = { compared: 3, findings: [] };

describe.each(await mongoServers())("turns on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let now: number;
  beforeAll(async () => {
    database = await openDatabase(url);
  });
  beforeEach(async () => {
    await database.collections.turns.deleteMany({});
    now = Date.now();
  });
  afterAll(() => database.drop());

  const replica = () =>
    createTurns(database.collections, "reconciliation", {
      everyMs: 5 * MINUTE,
      leaseMs: 15 * MINUTE,
      now: () => now,
    });

  it("are one replica's at a time", async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => replica().claim()));
    expect(claims.filter((turn) => turn !== null)).toHaveLength(1);
    expect(await replica().claim()).toBeNull();
  });

  it("come again after the interval, with what the last one left", async () => {
    expect(await replica().last()).toEqual({ coveredUntil: null, succeededAt: null, report: null });
    const coveredUntil = new Date(now - MINUTE);
    await (await replica().claim())?.succeed({ coveredUntil, report });
    const left = { coveredUntil, succeededAt: new Date(now), report };
    expect(await replica().last()).toEqual(left);
    now += 4 * MINUTE;
    expect(await replica().claim()).toBeNull();
    now += 2 * MINUTE;
    expect((await replica().claim())?.last).toEqual(left);
  });

  it("are anybody's at once after a failure", async () => {
    await (await replica().claim())?.giveUp();
    expect(await replica().claim()).not.toBeNull();
  });

  it("are kept by a replica that renews its own for as long as it takes", async () => {
    const turn = await replica().claim();
    for (let i = 0; i < 3; i++) {
      now += 14 * MINUTE;
      expect(await replica().claim()).toBeNull();
      await turn?.renew();
    }
    await turn?.succeed({ coveredUntil: new Date(now), report });
    expect((await replica().last()).report).toEqual(report);
  });

  it("are lost by a replica that takes too long, whose late success counts for nothing", async () => {
    const lost = await replica().claim();
    now += 16 * MINUTE;
    const won = await replica().claim();
    expect(won).not.toBeNull();
    await lost?.succeed({ coveredUntil: new Date(now), report });
    expect((await replica().last()).succeededAt).toBeNull();
    await lost?.giveUp();
    expect(await replica().claim()).toBeNull();
  });
});
