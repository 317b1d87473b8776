import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stack, startStack } from "@tradepost/local-stack/stack";
import { afterAll, beforeAll, expect, it } from "vitest";
import { awaitStatus, checkOut, pickVariant, putIntoCart, readOrder } from "../src/purchase.ts";
import { awaitMessage, confirmPayment, messagesTo } from "../src/sandbox.ts";
import { newVisitor } from "../src/visitor.ts";

const dir = mkdtempSync(join(tmpdir(), "tradepost-outage-"));
const mediaDir = join(import.meta.dirname, "../../.local/media");
// It is the broker that brings the news here, not a comparison of payments that happens to come first.
const serviceEnv = { order: { RECONCILE_EVERY_SECONDS: "86400" } };
const start = () => startStack({ dir, mediaDir, serviceEnv, durable: false, download: false });

let stack: Stack;
beforeAll(async () => {
  stack = await start();
});
afterAll(async () => {
  await stack?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it("a stopped RabbitMQ delays the confirmation and loses nothing; a second start finds the order", async () => {
  const visitor = newVisitor(stack.url);
  const email = "outage@example.com";
  const { variant } = await pickVariant(visitor);
  await putIntoCart(visitor, variant.sku, 1);

  await stack.stores.servers.rabbitmq.stop();
  const placed = await checkOut(visitor, { email });
  expect((await confirmPayment(stack.sandboxUrl, placed.payment, "pm_card_visa")).status).toBe("succeeded");
  expect((await readOrder(visitor, placed)).status).toBe("awaiting_payment");
  expect(await messagesTo(stack.sandboxUrl, email)).toEqual([]);

  await stack.stores.servers.rabbitmq.start();
  await awaitStatus(visitor, placed, "confirmed");
  await awaitMessage(stack.sandboxUrl, email, /confirmed/);

  const before = await readOrder(visitor, placed);
  await stack.stop();
  stack = await start();
  expect(await readOrder(newVisitor(stack.url), placed)).toEqual(before);
  expect(await messagesTo(stack.sandboxUrl, email)).toHaveLength(1);
}, 600_000);
