import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { createPostgresOutboxSource } from "../src/postgres-outbox-source.ts";
import { startRelay } from "../src/relay.ts";
import { bellRung, newEnvelope, type Rig, startRigOnOwnBroker } from "./rig.ts";

let broker: Awaited<ReturnType<typeof startRigOnOwnBroker>>;
let rig: Rig;

beforeAll(async () => {
  broker = await startRigOnOwnBroker();
  rig = broker.rig;
});
afterAll(() => broker.stop());

const setMemory = (limit: string) => broker.server().control("set_vm_memory_high_watermark", "absolute", limit);

it("waits out a broker that is short of memory, while what it has delivered is handled and acknowledged", async () => {
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "blocked-test" });
  const release = Promise.withResolvers<void>();
  const strokes: number[] = [];
  const consumer = defineConsumer({
    service: "test",
    name: "blocked",
    events: [bellRung],
    handle: async ({ payload: { stroke } }) => {
      if (stroke === 1) await release.promise;
      strokes.push(stroke);
    },
  });
  await rig.consume(consumer);
  await rig.publish(newEnvelope(1));
  await waitFor(async () => (await rig.depth("test.blocked")) === 0, { what: "the first delivery" });

  await setMemory("1MB");
  // The broker tells a connection that it is blocked when that publishes the next time.
  await expect(rig.publish(newEnvelope(2))).rejects.toMatchObject({ unavailable: true });
  await waitFor(() => rig.broker.status().blocked !== undefined, { what: "the blockade" });
  expect(rig.broker.status()).toMatchObject({ connected: true, blocked: expect.stringContaining("memory") });
  const source = createPostgresOutboxSource({ sql: postgres, url: database.url, log: rig.log });
  const relay = startRelay({ source, publisher: rig.publisher, log: rig.log });
  for (const stroke of [3, 4, 5])
    await postgres.transact((tx) =>
      addToOutbox(tx, bellRung, { aggregateId: "tower", payload: { tower: "t", stroke } }),
    );
  release.resolve();
  await waitFor(() => strokes.length === 1, { what: "the handler to finish" });
  const held = () => broker.server().control("--quiet", "list_queues", "name", "messages");
  await waitFor(async () => /^test\.blocked\s+0$/m.test(await held()), {
    what: "its acknowledgement",
    timeoutMs: 30_000,
  });
  const unpublished = async () => (await postgres.query("SELECT FROM outbox WHERE published_at IS NULL")).rowCount;
  expect(await unpublished()).toBe(3);

  await setMemory("512MB");
  await waitFor(async () => (await unpublished()) === 0, { what: "the outbox to empty", timeoutMs: 30_000 });
  await waitFor(() => strokes.length >= 5, { what: "all events", timeoutMs: 30_000 });
  // 2 was written before the broker said that it is blocked, and came through once it was well.
  expect(strokes.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  expect(rig.broker.status()).toEqual({ connected: true });
  const { rows } = await postgres.query("SELECT DISTINCT attempts FROM outbox");
  expect(rows, "no event is blamed").toEqual([{ attempts: 0 }]);
  await relay.stop();
  await source.close();
  await postgres.end();
  await database.drop();
}, 120_000);
