import type { Envelope } from "@tradepost/contracts/event";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase, testRabbit } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { expect, it } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { createPostgresOutboxSource } from "../src/postgres-outbox-source.ts";
import { startMessaging } from "../src/start-messaging.ts";
import { bellRung, recordingLog } from "./rig.ts";

it("publishes nothing before its own queues are there, so that a first start behind a broker loses no event", async () => {
  const vhost = await testRabbit();
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "messaging-test" });
  const log = recordingLog();
  const outbox = createPostgresOutboxSource({ sql: postgres, url: database.url, log });
  await postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: "t", payload: { tower: "t", stroke: 1 } }));
  const received: string[] = [];
  const consumers = Array.from({ length: 8 }, (_, i) =>
    defineConsumer({
      ...{ service: "test", name: `collect-${i}`, events: [bellRung] },
      handle: async () => received.push(`collect-${i}`),
    }),
  );
  const messaging = await startMessaging({ url: vhost.url, service: "test", log, consumers, outbox });
  await waitFor(async () => (await postgres.query("SELECT FROM outbox WHERE published_at IS NOT NULL")).rowCount === 1);
  await messaging.ready(AbortSignal.timeout(30_000));
  await waitFor(() => received.length === consumers.length);
  await messaging.stop();
  await outbox.close();
  await postgres.end();
  await database.drop();
  await vhost.drop();
});

it("keeps its events for another service that has never run", async () => {
  const vhost = await testRabbit();
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "messaging-test" });
  const log = recordingLog();
  const outbox = createPostgresOutboxSource({ sql: postgres, url: database.url, log });
  const received: number[] = [];
  const collect = defineConsumer({
    service: "other",
    name: "collect",
    events: [bellRung],
    handle: async ({ payload }) => received.push(payload.stroke),
  });
  await postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: "t", payload: { tower: "t", stroke: 1 } }));
  const ours = { url: vhost.url, service: "test", log, consumers: [], outbox, subscribers: [collect] };
  const messaging = await startMessaging(ours);
  await waitFor(async () => (await postgres.query("SELECT FROM outbox WHERE published_at IS NOT NULL")).rowCount === 1);
  await messaging.stop();
  const other = await startMessaging({ url: vhost.url, service: "other", log, consumers: [collect] });
  await waitFor(() => received.length === 1);
  expect(received).toEqual([1]);
  await other.stop();
  await outbox.close();
  await postgres.end();
  await database.drop();
  await vhost.drop();
});

it("runs a service's consumers and relay, and stops them", async () => {
  const vhost = await testRabbit();
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "messaging-test" });
  const log = recordingLog();
  const outbox = createPostgresOutboxSource({ sql: postgres, url: database.url, log });
  const received: Envelope[] = [];
  const consumers = [
    defineConsumer({ service: "test", name: "collect", events: [bellRung], handle: async (e) => received.push(e) }),
  ];
  const ring = (stroke: number) =>
    postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: "t", payload: { tower: "t", stroke } }));
  const messaging = await startMessaging({ url: vhost.url, service: "test", log, consumers, outbox });
  await messaging.ready(AbortSignal.timeout(30_000));
  expect(messaging.status()).toEqual({ connected: true });
  await ring(1);
  await waitFor(() => received.length === 1);

  await messaging.stop();
  await ring(2);
  const again = await startMessaging({ url: vhost.url, service: "test", log, consumers, outbox });
  await waitFor(() => received.length === 2);
  expect(received).toMatchObject([{ payload: { stroke: 1 } }, { payload: { stroke: 2 } }]);
  expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  await again.stop();
  await outbox.close();
  await postgres.end();
  await database.drop();
  await vhost.drop();
});
