import { randomUUID, randomUUIDv7 } from "node:crypto";
import { consumersByService } from "@tradepost/contracts/consumers";
import { connectBroker } from "@tradepost/messaging/connection";
import { createPublisher } from "@tradepost/messaging/publisher";
import { assertConsumerQueues, consumerQueues, defaultRetryDelaysMs } from "@tradepost/messaging/topology";
import { startSandbox } from "@tradepost/sandbox/start-sandbox";
import { testMongo, testRabbit, testRedis } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { Redis } from "ioredis";
import { MongoClient } from "mongodb";
import { expect, it, onTestFinished } from "vitest";
import { readCarts } from "../src/history/read-carts.ts";
import { readQueues } from "../src/history/read-queues.ts";
import { readSandbox } from "../src/history/read-sandbox.ts";
import { readInitialStock } from "../src/history/read-stock.ts";

const orderId = randomUUIDv7();

/** A broker with the queues of one consumer. */
async function openBroker() {
  const rabbit = await testRabbit();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const broker = await connectBroker({ url: rabbit.url, log });
  const publisher = createPublisher(broker);
  onTestFinished(async () => {
    await publisher.close();
    await broker.close();
    await rabbit.drop();
  });
  const events = consumersByService.cart["empty-bought-cart"] ?? [];
  const consumer = { service: "cart", name: "empty-bought-cart", events };
  const queues = consumerQueues("", consumer, defaultRetryDelaysMs);
  const channel = await broker.openChannel();
  await assertConsumerQueues(channel, "", consumer, queues);
  await channel.close();
  return { url: rabbit.url, queues, publisher };
}

it("sees what waits, what is tried again and what was given up, and leaves it where it is", async () => {
  const { url, queues, publisher } = await openBroker();
  expect(await readQueues(url)).toEqual([]);

  const messageId = randomUUID();
  const body = Buffer.from(JSON.stringify({ aggregateId: orderId }));
  const headers = { "x-reason": "failed", "x-error": "it would not work" };
  const slowest = queues.retries.at(-1)?.queue ?? "";
  for (const queue of [queues.work, slowest, queues.dead])
    await publisher.sendToQueue(queue, body, { messageId, headers });

  const all = await waitFor(async () => {
    const facts = await readQueues(url);
    return facts.length === 3 ? facts : undefined;
  });
  expect(all.map(({ queue, kind, messages }) => [queue, kind, messages])).toEqual([
    [queues.work, "work", 1],
    [slowest, "retry", 1],
    [queues.dead, "dead", 1],
  ]);
  expect(all.at(-1)?.deadLetters).toEqual([{ eventId: messageId, orderId, error: "it would not work" }]);
  await waitFor(async () => (await readQueues(url)).length === 3);
});

it("sees a cart's life and what was bought out of it", async () => {
  const store = await testRedis();
  onTestFinished(store.drop);
  const redis = new Redis(store.url);
  const [id, born] = [randomUUID(), randomUUIDv7()];
  await redis.hset(`cart:guest:${id}`, { id, born, seq: "1", "line:MUG": "2:1", [`bought:${orderId}`]: "1" });
  await redis.hset(`cart:guest:${randomUUID()}`, { seq: "1" });
  await redis.quit();

  const carts = await readCarts(store.url);
  expect(carts).toMatchObject([{ id, boughtBy: [orderId] }]);
  expect(Math.abs(Date.now() - Number(carts[0]?.bornAt))).toBeLessThan(60_000);
});

it("adds up a SKU's stock over all locations", async () => {
  const store = await testMongo();
  onTestFinished(store.drop);
  const client = new MongoClient(store.url);
  onTestFinished(() => client.close());
  const empty = { available: 0, holds: [], sales: [], returns: [] };
  await client
    .db()
    .collection("stock")
    .insertMany([
      { sku: "MUG", location: "main", onHand: 3, ...empty },
      { sku: "MUG", location: "east", onHand: 4, ...empty },
      { sku: "CUP", location: "main", onHand: 5, ...empty },
    ]);
  expect(await readInitialStock(store.url)).toEqual({ MUG: 7, CUP: 5 });
});

it("sees at the sandbox what was captured and what went back, and which webhooks were lost", async () => {
  const sandbox = await startSandbox({ port: 0, webhookUrl: "http://127.0.0.1:9/", webhookRetryDelaysMs: [] });
  onTestFinished(sandbox.close);
  const post = async (path: string, form: Record<string, string>) => {
    const headers = { authorization: "Bearer sk_test_history" };
    const response = await fetch(sandbox.url + path, { method: "POST", headers, body: new URLSearchParams(form) });
    return (await response.json()) as { id: string };
  };
  sandbox.faults.add({ target: "webhooks", kind: "lose", match: { event: "^payment_intent.succeeded$" } });
  const { id } = await post("/v1/payment_intents", {
    ...{ amount: "4290", currency: "eur", payment_method: "pm_card_visa", confirm: "true" },
    ...{ "metadata[orderId]": orderId, "automatic_payment_methods[enabled]": "true" },
    "automatic_payment_methods[allow_redirects]": "never",
  });
  await post("/v1/refunds", { payment_intent: id, amount: "1000" });

  const facts = await readSandbox(sandbox.url);
  expect(facts.intents).toMatchObject([{ id, orderId, status: "succeeded", captures: [{ amountCents: 4_290 }] }]);
  expect(facts.stripeRefunds).toMatchObject([{ intentId: id, amountCents: 1_000, status: "succeeded" }]);
  const captured = facts.stripeEvents.find(({ type }) => type === "payment_intent.succeeded");
  expect(captured).toMatchObject({ intentId: id, deliveries: ["lost"] });
});
