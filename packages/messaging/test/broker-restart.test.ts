import type { Envelope } from "@tradepost/contracts/event";
import { handleOnce } from "@tradepost/postgres/inbox";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { createPostgresOutboxSource } from "../src/postgres-outbox-source.ts";
import { startRelay } from "../src/relay.ts";
import { bellRung, type Rig, rigOn, startRigOnOwnBroker } from "./rig.ts";

let broker: Awaited<ReturnType<typeof startRigOnOwnBroker>>;
let rig: Rig;

beforeAll(async () => {
  broker = await startRigOnOwnBroker();
  rig = broker.rig;
});
afterAll(() => broker.stop());

const idle = defineConsumer({ service: "test", name: "idle", events: [bellRung], handle: async () => {} });

async function startEarly(url: string): Promise<Rig> {
  const early = await rigOn(url);
  expect(early.broker.status(), "a service starts though its broker is down").toEqual({ connected: false });
  await expect(early.publisher.ready(AbortSignal.timeout(100))).rejects.toMatchObject({ unavailable: true });
  return early;
}

it("loses nothing and applies everything once when the broker crashes in the midst of it", async () => {
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "restart-test" });
  await postgres.query("CREATE TABLE strokes (stroke int)");
  const doomed = await rigOn(broker.server().url);
  await doomed.consume(idle);
  let failures = 0;
  const crash = Promise.withResolvers<void>();
  const store = handleOnce(postgres.transact, "test.store", bellRung, async (tx, { stroke }) => {
    // Some fail at first, so that retry queues are in use when the broker goes.
    if (stroke % 10 === 0 && failures++ < 30) throw new Error("not yet");
    // And one is being handled when it goes.
    if (stroke === 149) await crash.promise;
    await tx.query("INSERT INTO strokes VALUES ($1)", [stroke]);
  });
  const consumer = defineConsumer({
    service: "test",
    name: "store",
    events: [bellRung],
    handle: (bell: Envelope<typeof bellRung>) => store(bell),
  });
  await rig.consume(consumer, { retryDelaysMs: [200, 400, 800, 1_600] });
  const source = createPostgresOutboxSource({ sql: postgres, url: database.url, log: rig.log });
  const relay = startRelay({ source, publisher: rig.publisher, log: rig.log });
  const ring = (stroke: number) =>
    postgres.transact((tx) =>
      addToOutbox(tx, bellRung, { aggregateId: `tower-${stroke % 7}`, payload: { tower: "t", stroke } }),
    );
  const stored = async (): Promise<number> =>
    (await postgres.query<{ n: number }>("SELECT count(*) AS n FROM strokes")).rows[0]!.n;

  for (let stroke = 1; stroke <= 150; stroke += 1) await ring(stroke);
  await waitFor(async () => (await stored()) > 20, { what: "the first ones" });
  process.kill(broker.server().pid, "SIGKILL");
  expect(await stored(), "it was in the midst of it").toBeLessThan(150);
  crash.resolve();
  await broker.server().stop();
  await waitFor(() => !rig.broker.status().connected, { what: "the loss to be noticed" });
  // A service stops though its broker is down.
  await doomed.close();
  const early = await startEarly(broker.server().url);
  for (let stroke = 151; stroke <= 300; stroke += 1) await ring(stroke);
  await broker.startAgain();

  await waitFor(async () => (await stored()) >= 300, { what: "all 300", timeoutMs: 120_000 });
  await waitFor(async () => (await rig.depth("test.store")) === 0, { what: "an empty queue" });
  const { rows } = await postgres.query("SELECT count(*) AS all, count(DISTINCT stroke) AS different FROM strokes");
  expect(rows).toEqual([{ all: 300, different: 300 }]);
  expect(await rig.depth("test.store.dead")).toBe(0);
  await early.publisher.ready(AbortSignal.timeout(60_000));
  // The connection that consumes comes back by itself, perhaps a moment after the one that publishes.
  await waitFor(() => early.broker.status().connected, { what: "both connections" });
  await early.close();
  await relay.stop();
  await source.close();
  await postgres.end();
  await database.drop();
}, 240_000);
