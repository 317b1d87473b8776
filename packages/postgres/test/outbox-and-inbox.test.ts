import { randomUUID } from "node:crypto";
import { defineEvent } from "@tradepost/contracts/event";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { handleOnce } from "../src/inbox.ts";
import { listen } from "../src/listen.ts";
import { messagingMigrations, migrate } from "../src/migrate.ts";
import { addToOutbox, outboxChannel } from "../src/outbox.ts";
import { createPostgres, type Postgres } from "../src/pool.ts";
import { pruneMessages } from "../src/prune.ts";

const parcelSent = defineEvent("parcel.sent", 1, z.object({ parcelId: z.uuid(), grams: z.int().positive() }));

let database: Awaited<ReturnType<typeof testDatabase>>;
let postgres: Postgres;

beforeAll(async () => {
  database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  postgres = createPostgres({ url: database.url, applicationName: "outbox-test" });
  await postgres.query("CREATE TABLE parcels (id uuid PRIMARY KEY, sent int NOT NULL DEFAULT 0)");
});
afterAll(async () => {
  await postgres.end();
  await database.drop();
});

const send = (parcelId: string, traceparent?: string) =>
  postgres.transact((tx) =>
    addToOutbox(tx, parcelSent, { aggregateId: parcelId, payload: { parcelId, grams: 250 }, traceparent }),
  );
const stored = async (aggregateId: string) =>
  (await postgres.query("SELECT id, routing_key, envelope FROM outbox WHERE aggregate_id = $1", [aggregateId])).rows;

describe("addToOutbox", () => {
  it("stores an envelope that keeps the contract", async () => {
    const parcelId = randomUUID();
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const envelope = await send(parcelId, traceparent);
    expect(await stored(parcelId)).toEqual([{ id: envelope.id, routing_key: "parcel.sent.v1", envelope }]);
    expect(parcelSent.envelope.parse(envelope)).toMatchObject({ aggregateId: parcelId, traceparent, version: 1 });
    expect(envelope.id[14]).toBe("7");
  });

  it("stores nothing when the transaction fails", async () => {
    const parcelId = randomUUID();
    const failing = postgres.transact(async (tx) => {
      await addToOutbox(tx, parcelSent, { aggregateId: parcelId, payload: { parcelId, grams: 1 } });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await stored(parcelId)).toEqual([]);
  });

  it("refuses a payload that breaks the contract", async () => {
    const parcelId = randomUUID();
    const adding = postgres.transact((tx) =>
      addToOutbox(tx, parcelSent, { aggregateId: parcelId, payload: { parcelId, grams: -1 } }),
    );
    await expect(adding).rejects.toThrow(z.ZodError);
  });

  it("wakes who listens, also after the listener's connection was lost", async () => {
    let heard = 0;
    const listener = listen({
      url: database.url,
      channel: outboxChannel,
      applicationName: "outbox-listener",
      onNotify: () => {
        heard += 1;
      },
    });
    await waitFor(() => heard === 1, { what: "the first connection" });
    await send(randomUUID());
    await waitFor(() => heard === 2, { what: "the notification" });
    await postgres.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outbox-listener'",
    );
    await waitFor(() => heard === 3, { what: "the second connection" });
    await send(randomUUID());
    await waitFor(() => heard === 4, { what: "the notification after the loss" });
    await listener.close();
  });
});

describe("handleOnce", () => {
  const countSent = handleOnce(postgresTransact, "test.count-sent", parcelSent, async (tx, { parcelId }) => {
    await tx.query("UPDATE parcels SET sent = sent + 1 WHERE id = $1", [parcelId]);
  });
  const newParcel = async () => {
    const parcelId = randomUUID();
    await postgres.query("INSERT INTO parcels (id) VALUES ($1)", [parcelId]);
    return { parcelId, envelope: await send(parcelId) };
  };
  const timesSent = async (parcelId: string) =>
    (await postgres.query<{ sent: number }>("SELECT sent FROM parcels WHERE id = $1", [parcelId])).rows[0]?.sent;

  it("applies an event once, however often and concurrently it comes", async () => {
    const { parcelId, envelope } = await newParcel();
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => countSent(envelope)));
    expect(outcomes.sort()).toEqual(["duplicate", "duplicate", "duplicate", "duplicate", "handled"]);
    expect(await countSent(envelope)).toBe("duplicate");
    expect(await timesSent(parcelId)).toBe(1);
  });

  it("gives every consumer its own turn", async () => {
    const { parcelId, envelope } = await newParcel();
    const other = handleOnce(postgresTransact, "test.other", parcelSent, async (tx) => {
      await tx.query("UPDATE parcels SET sent = sent + 10 WHERE id = $1", [parcelId]);
    });
    await Promise.all([countSent(envelope), other(envelope), other(envelope)]);
    expect(await timesSent(parcelId)).toBe(11);
  });

  it("forgets the claim when handling fails, so that a retry applies it", async () => {
    const { parcelId, envelope } = await newParcel();
    let failures = 1;
    const flaky = handleOnce(postgresTransact, "test.flaky", parcelSent, async (tx) => {
      await tx.query("UPDATE parcels SET sent = sent + 1 WHERE id = $1", [parcelId]);
      if (failures-- > 0) throw new Error("not now");
    });
    await expect(flaky(envelope)).rejects.toThrow("not now");
    expect(await timesSent(parcelId)).toBe(0);
    expect(await flaky(envelope)).toBe("handled");
    expect(await timesSent(parcelId)).toBe(1);
  });

  it("refuses what breaks the contract", async () => {
    await expect(countSent({ id: randomUUID(), name: "parcel.sent" })).rejects.toThrow(z.ZodError);
  });
});

describe("pruneMessages", () => {
  it("deletes what is past its retention and nothing else", async () => {
    const [old, recent, unpublished] = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of [old, recent, unpublished]) await send(id);
    const publish = "UPDATE outbox SET published_at = now() - make_interval(hours => $2) WHERE aggregate_id = $1";
    await postgres.query(publish, [old, 73]);
    await postgres.query(publish, [recent, 71]);
    const insert = "INSERT INTO inbox VALUES ($1, 'test.prune', now() - make_interval(days => $2))";
    await postgres.query(insert, [old, 61]);
    await postgres.query(insert, [recent, 59]);
    expect(await pruneMessages(postgres, { outboxHours: 72, inboxDays: 60 })).toBe(2);
    expect([(await stored(old)).length, (await stored(recent)).length, (await stored(unpublished)).length]).toEqual([
      0, 1, 1,
    ]);
    const { rows } = await postgres.query("SELECT event_id FROM inbox WHERE consumer = 'test.prune'");
    expect(rows).toEqual([{ event_id: recent }]);
  });
});

// Bound late, because the pool exists only once the tests run.
function postgresTransact<T>(...args: Parameters<typeof postgres.transact<T>>): Promise<T> {
  return postgres.transact(...args);
}
