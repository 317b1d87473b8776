import { randomUUIDv7 } from "node:crypto";
import { orderConfirmed } from "@tradepost/contracts/order";
import { connectBroker } from "@tradepost/messaging/connection";
import { startConsumer } from "@tradepost/messaging/consumer";
import { defineConsumer } from "@tradepost/messaging/consumer-contract";
import { createDeadLetters } from "@tradepost/messaging/dead-letters";
import { createPublisher } from "@tradepost/messaging/publisher";
import { testRabbit } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ops } from "./ops-process.ts";

const CONSUMER = "cart.empty-bought-cart";
const vhost = await testRabbit();
const log = { info: () => {}, warn: () => {}, error: () => {} };
const broker = await connectBroker({ url: vhost.url, log });
const publisher = createPublisher(broker);
const ids = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()] as const;
const handled: string[] = [];
let failing = true;
const emptyCart = defineConsumer({
  service: "cart",
  name: "empty-bought-cart",
  events: [orderConfirmed],
  handle: async ({ id }) => {
    if (failing) throw new Error("the cart is on fire");
    handled.push(id);
  },
});
const running = startConsumer(broker, emptyCart, { publisher, retryDelaysMs: [5] });
const deadLetters = (...args: string[]) => ops(["dead-letters", ...args], { RABBITMQ_URL: vhost.url });

beforeAll(async () => {
  await running.ready(AbortSignal.timeout(30_000));
  for (const id of ids) await publisher.publish(confirmed(id), orderConfirmed.routingKey);
  const letters = createDeadLetters(broker, publisher);
  await waitFor(async () => (await letters.count(emptyCart)) === ids.length, { what: "the dead letters" });
});
afterAll(async () => {
  await running.stop();
  await publisher.close();
  await broker.close();
  await vhost.drop();
});

function confirmed(id: string) {
  const payload = {
    ...{ orderId: randomUUIDv7(), number: "A name", userId: null, cartId: randomUUIDv7() },
    lines: [{ sku: "MUG-RED", quantity: 2 }],
    total: { amount: 100, currency: "EUR" as const },
  };
  const occurredAt = new Date().toISOString();
  return { id, name: "order.confirmed", version: 1, aggregateId: payload.orderId, occurredAt, payload };
}

it.each([[], ["list"]])("counts them by consumer, and says where there is no queue yet (%s)", async (...args) => {
  const { code, stdout } = await deadLetters(...args);
  expect(stdout.split("\n")).toEqual(expect.arrayContaining([`3\t${CONSUMER}`, "-\torder.record-capture"]));
  expect(code).toBe(0);
});

it("lists and groups them", async () => {
  const { stdout } = await deadLetters("list", CONSUMER, "--limit", "2");
  const letters = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(letters).toMatchObject([{ reason: "failed", attempts: 2 }, { error: expect.stringContaining("on fire") }]);
  expect(letters[0]).not.toHaveProperty("body");
  expect((await deadLetters("summary", CONSUMER)).stdout).toMatch(/^3\tfailed\t.*on fire\n$/);
});

it("shows one without what may be about a person, and leaves it where it is", async () => {
  const { code, stdout } = await deadLetters("show", CONSUMER, ids[1]);
  expect(stdout).toMatch(/^error\s+the cart is on fire$/m);
  expect(JSON.parse(stdout.slice(stdout.indexOf("{")))).toMatchObject({
    ...{ id: ids[1], name: "order.confirmed" },
    payload: { number: "(6 characters)", userId: null, lines: [{ sku: "MUG-RED", quantity: 2 }] },
  });
  expect(code).toBe(0);
  const absent = await deadLetters("show", CONSUMER, randomUUIDv7());
  expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining("has no dead letter of the event")]);
});

it("replays one, and deletes the others only when it is told so", async () => {
  failing = false;
  expect((await deadLetters("replay", CONSUMER, "--event", ids[0])).stdout).toContain("1 given back");
  await waitFor(() => handled.length === 1, { what: "the replayed event" });
  expect(handled).toEqual([ids[0]]);

  expect((await deadLetters("discard", CONSUMER)).code).toBe(2);
  expect((await deadLetters("discard", CONSUMER, "--all")).stdout).toContain("2 deleted");
  expect((await deadLetters()).stdout).toContain(`0\t${CONSUMER}`);
});

it.each([
  [["list", "cart.no-such-consumer"], /There is no consumer cart\.no-such-consumer\. There are: .*cart\.empty/],
  [["lists"], /lists/],
  [["list", CONSUMER, "--limit", "0"], /--limit.*whole number above 0/],
  [["--url", "127.0.0.1:5672/secret"], /^--url is no URL\.$/m],
  [["summary"], /missing required argument 'consumer'/],
])("refuses %s with a reason", async (args, reason) => {
  const { code, stdout, stderr } = await deadLetters(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(reason);
});

it("says why it cannot use the broker", async () => {
  const { code, stderr } = await ops(["dead-letters", "--url", "amqp://127.0.0.1:1"]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/RabbitMQ cannot be used: .*ECONNREFUSED/)]);
  expect(stderr).toMatch(/^connecting to RabbitMQ… \d+ s$/m);
});
