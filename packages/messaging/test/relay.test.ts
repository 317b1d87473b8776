import { randomUUID } from "node:crypto";
import type { Envelope } from "@tradepost/contracts/event";
import { handleOnce } from "@tradepost/postgres/inbox";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres, type Postgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BrokerUnavailable } from "../src/broker-unavailable.ts";
import { defineConsumer } from "../src/consumer-contract.ts";
import { createPostgresOutboxSource, type PostgresOutboxOptions } from "../src/postgres-outbox-source.ts";
import type { Publisher } from "../src/publisher.ts";
import { type RelayOptions, startRelay } from "../src/relay.ts";
import { bellRung, type Rig, recordingLog, startRig } from "./rig.ts";

type Bell = Envelope<typeof bellRung>;

let database: Awaited<ReturnType<typeof testDatabase>>;
let postgres: Postgres;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  postgres = createPostgres({ url: database.url, applicationName: "relay-test" });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await postgres.end();
  await database.drop();
});

const ring = (tower: string, stroke: number) =>
  postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: tower, payload: { tower, stroke } }));

const unpublished = async (): Promise<number> => {
  const { rows } = await postgres.query<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE published_at IS NULL");
  return rows[0]!.n;
};

/** Minutes between polls, unless a test says otherwise: what arrives has been woken by NOTIFY. */
const relay = (
  publisher: RelayOptions<never>["publisher"],
  options: Partial<PostgresOutboxOptions & Pick<RelayOptions<never>, "batchSize" | "observer">> = {},
) => {
  const log = recordingLog();
  const source = createPostgresOutboxSource({ sql: postgres, url: database.url, log, pollMs: 300_000, ...options });
  const { batchSize, observer } = options;
  const running = startRelay({
    source,
    publisher,
    log,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(observer === undefined ? {} : { observer }),
  });
  cleanUps.push(() => running.stop().then(source.close));
  return { running, log };
};

/** Takes what is published, and fails as it is told. */
const paperBroker = (publish: (envelope: Bell) => Promise<void> | void = () => {}) => {
  const published: Bell[] = [];
  const publisher: Pick<Publisher, "publish" | "ready"> = {
    ready: async () => {},
    publish: async (envelope) => {
      await publish(envelope as Bell);
      published.push(envelope as Bell);
    },
  };
  return { publisher, published };
};

const newRig = async (): Promise<Rig> => {
  const rig = await startRig();
  cleanUps.push(rig.close);
  return rig;
};

it("brings events from the transaction to the consumer, which applies each once", async () => {
  const rig = await newRig();
  await postgres.query("CREATE TABLE strokes (tower text, stroke int)");
  const store = handleOnce(postgres.transact, "test.store-strokes", bellRung, async (tx, { tower, stroke }) => {
    await tx.query("INSERT INTO strokes VALUES ($1, $2)", [tower, stroke]);
  });
  let deliveries = 0;
  const consumer = defineConsumer({
    service: "test",
    name: "store-strokes",
    events: [bellRung],
    handle: (envelope) => store(envelope).finally(() => (deliveries += 1)),
  });
  await rig.consume(consumer);
  relay(rig.publisher);
  const tower = randomUUID();
  const envelopes = await Promise.all([1, 2, 3].map((stroke) => ring(tower, stroke)));
  await waitFor(() => deliveries === 3);
  await rig.publish(envelopes[1]!);
  await waitFor(() => deliveries === 4);
  const { rows } = await postgres.query("SELECT stroke FROM strokes ORDER BY stroke");
  expect(rows).toEqual([{ stroke: 1 }, { stroke: 2 }, { stroke: 3 }]);
});

it("keeps the order of every aggregate with two relays and 500 events", async () => {
  const rig = await newRig();
  const received: Bell[] = [];
  await rig.consume(
    defineConsumer({
      service: "test",
      name: "keep-order",
      events: [bellRung],
      prefetch: 1,
      handle: async (bell) => received.push(bell),
    }),
  );
  const relayed = [0, 0];
  for (const index of [0, 1]) {
    const relayedBy = ({ published }: { published: number }) => {
      relayed[index]! += published;
    };
    relay(rig.publisher, { batchSize: 20, observer: { relayed: relayedBy } });
  }
  const towers = Array.from({ length: 10 }, () => randomUUID());
  await Promise.all(
    towers.map(async (tower) => {
      for (let stroke = 1; stroke <= 50; stroke += 1) await ring(tower, stroke);
    }),
  );
  await waitFor(() => received.length >= 500, { what: "500 events" });
  const strokesOf = (tower: string) => received.flatMap(({ payload: p }) => (p.tower === tower ? [p.stroke] : []));
  for (const tower of towers) expect(strokesOf(tower)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(received).toHaveLength(500);
  expect(Math.min(...relayed), "both relays took part").toBeGreaterThan(0);
  await waitFor(async () => (await unpublished()) === 0);
});

it("is woken by NOTIFY, long before its poll", async () => {
  const { publisher, published } = paperBroker();
  relay(publisher);
  // The poll would come after five minutes, the wait gives up long before.
  for (let stroke = 1; stroke <= 5; stroke += 1) {
    await ring("tower", stroke);
    await waitFor(() => published.length === stroke, { intervalMs: 1 });
  }
});

it("finds by poll what no notification told of", async () => {
  const { publisher, published } = paperBroker();
  relay(publisher, { pollMs: 50 });
  await ring("tower", 1);
  await waitFor(() => published.length === 1);
  await postgres.query("UPDATE outbox SET published_at = NULL, claimed_until = now() + interval '200 ms'");
  await waitFor(() => published.length === 2);
});

it("publishes nothing of an aggregate past an event that fails, but all others", async () => {
  let broken = true;
  const { publisher, published } = paperBroker(({ payload: { tower, stroke } }) => {
    if (broken && tower === "cracked" && stroke === 2) throw new Error("too heavy");
  });
  for (const stroke of [1, 2, 3]) {
    await ring("cracked", stroke);
    await ring("whole", stroke);
  }
  relay(publisher, { pollMs: 20 });
  const strokesOf = (tower: string) => published.flatMap(({ payload: p }) => (p.tower === tower ? [p.stroke] : []));
  const failed = () => postgres.query("SELECT attempts, last_error FROM outbox WHERE attempts > 1 ORDER BY seq");
  await waitFor(async () => (await failed()).rowCount === 2, { what: "a second attempt" });
  expect((await failed()).rows[0]).toMatchObject({ last_error: "too heavy" });
  expect([strokesOf("cracked"), strokesOf("whole")]).toEqual([[1], [1, 2, 3]]);
  broken = false;
  await waitFor(async () => (await unpublished()) === 0);
  expect(strokesOf("cracked")).toEqual([1, 2, 3]);
});

it("loses nothing and blames no event while the broker is away", async () => {
  let away = true;
  const { publisher, published } = paperBroker(() => {
    if (away) throw new BrokerUnavailable("away");
  });
  const { log } = relay(publisher);
  for (const stroke of [1, 2, 3]) await ring("tower", stroke);
  await waitFor(() => log.lines.filter(({ fields }) => fields.reason === "away").length >= 2);
  away = false;
  await waitFor(async () => (await unpublished()) === 0);
  expect(published.map(({ payload }) => payload.stroke)).toEqual([1, 2, 3]);
  expect((await postgres.query("SELECT DISTINCT attempts FROM outbox")).rows).toEqual([{ attempts: 0 }]);
});

it("takes over what a relay that died had claimed, in order, when its lease is over", async () => {
  const source = createPostgresOutboxSource({ sql: postgres, url: database.url, log: recordingLog() });
  for (const stroke of [1, 2, 3]) await ring("tower", stroke);
  const claimed = await source.claimBatch(2);
  expect(claimed.map(({ envelope }) => (envelope as Bell).payload.stroke)).toEqual([1, 2]);
  expect(await source.claimBatch(2), "the rest waits behind what is claimed").toEqual([]);
  const { publisher, published } = paperBroker();
  relay(publisher, { pollMs: 20 });
  // The lease of the dead one would be over in a minute; that time is made to pass.
  await postgres.query("UPDATE outbox SET claimed_until = now() WHERE claimed_until > now()");
  await waitFor(() => published.length === 3);
  expect(published.map(({ payload }) => payload.stroke)).toEqual([1, 2, 3]);
  // The dead one was only slow: what it reports late changes nothing.
  await source.markPublished(claimed);
  await source.release(claimed, { retryAfterMs: 0, reason: "late" });
  expect(await unpublished()).toBe(0);
  await source.close();
});

it("never has two relays publish the same event or swap two, however they interleave", async () => {
  const sources = [1, 2, 3].map(() =>
    createPostgresOutboxSource({ sql: postgres, url: database.url, log: recordingLog(), pollMs: 300_000 }),
  );
  const towers = Array.from({ length: 6 }, () => randomUUID());
  for (const tower of towers) for (const stroke of [1, 2, 3, 4, 5, 6, 7, 8]) await ring(tower, stroke);
  const published: Bell[] = [];
  const drain = async (source: (typeof sources)[number]): Promise<void> => {
    while ((await unpublished()) > 0) {
      const claimed = await source.claimBatch(5);
      for (const { envelope } of claimed) published.push(envelope as Bell);
      await source.markPublished(claimed);
    }
  };
  await Promise.all(sources.map(drain));
  expect(published).toHaveLength(48);
  for (const tower of towers) {
    const strokes = published.flatMap(({ payload: p }) => (p.tower === tower ? [p.stroke] : []));
    expect(strokes).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  }
  await Promise.all(sources.map((source) => source.close()));
});

it("ends the running batch before it stops", async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const { publisher } = paperBroker(async () => {
    started.resolve();
    await release.promise;
  });
  const { running } = relay(publisher);
  await ring("tower", 1);
  await started.promise;
  const stopped = running.stop();
  release.resolve();
  await stopped;
  expect(await unpublished()).toBe(0);
});
