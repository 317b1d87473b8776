import { spawn } from "node:child_process";
import { randomUUIDv7 } from "node:crypto";
import { fileURLToPath } from "node:url";
import { orderConfirmed } from "@tradepost/contracts/order";
import { connectBroker } from "@tradepost/messaging/connection";
import { startConsumer } from "@tradepost/messaging/consumer";
import { defineConsumer } from "@tradepost/messaging/consumer-contract";
import { createDeadLetters } from "@tradepost/messaging/dead-letters";
import { createPublisher } from "@tradepost/messaging/publisher";
import { testRabbit } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const vhost = await testRabbit();
const log = { info: () => {}, warn: () => {}, error: () => {} };
const broker = await connectBroker({ url: vhost.url, log });
const publisher = createPublisher(broker);
const ids = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
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

beforeAll(async () => {
  await running.ready(AbortSignal.timeout(10_000));
  for (const id of ids) await publisher.publish(confirmed(id), orderConfirmed.routingKey);
  const deadLetters = createDeadLetters(broker, publisher);
  await waitFor(async () => (await deadLetters.count(emptyCart)) === ids.length, { what: "the dead letters" });
});
afterAll(async () => {
  await running.stop();
  await publisher.close();
  await broker.close();
  await vhost.drop();
});

it("counts them by consumer, and says where there is no queue yet", async () => {
  const { code, stdout } = await command();
  expect(stdout.split("\n")).toEqual(expect.arrayContaining(["3\tcart.empty-bought-cart", "-\torder.record-capture"]));
  expect(code).toBe(0);
});

it("lists and groups them", async () => {
  const { stdout } = await command("list", "cart.empty-bought-cart", "--limit", "2");
  const letters = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(letters).toMatchObject([{ reason: "failed", attempts: 2 }, { error: expect.stringContaining("on fire") }]);
  const summary = await command("summary", "cart.empty-bought-cart");
  expect(summary.stdout).toMatch(/^3\tfailed\t.*on fire\n$/);
});

it("replays one, and deletes the others only when it is told so", async () => {
  failing = false;
  const [first = ""] = ids;
  expect((await command("replay", "cart.empty-bought-cart", "--event", first)).stdout).toContain("1 given back");
  await waitFor(() => handled.length === 1, { what: "the replayed event" });
  expect(handled).toEqual([first]);

  expect((await command("discard", "cart.empty-bought-cart")).code).toBe(2);
  expect((await command("discard", "cart.empty-bought-cart", "--all")).stdout).toContain("2 deleted");
  expect((await command()).stdout).toContain("0\tcart.empty-bought-cart");
});

it("names what it does not know", async () => {
  const { code, stdout } = await command("list", "cart.no-such-consumer");
  expect(stdout).toMatch(/^There is no consumer cart\.no-such-consumer\.\n/);
  expect(code).toBe(2);
});

function confirmed(id: string) {
  const payload = {
    ...{ orderId: randomUUIDv7(), number: "TP-1", userId: null, cartId: randomUUIDv7(), lines: [] },
    total: { amount: 100, currency: "EUR" as const },
  };
  const occurredAt = new Date().toISOString();
  return { id, name: "order.confirmed", version: 1, aggregateId: payload.orderId, occurredAt, payload };
}

async function command(...args: string[]): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [main, ...args, "--url", vhost.url], { stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout };
}
