import { randomUUID } from "node:crypto";
import { routesByService } from "@tradepost/contracts/catalog";
import * as order from "@tradepost/contracts/order";
import { registerUser } from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import pg from "pg";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callEveryRoute } from "../src/canaries/call-every-route.ts";
import { type Canaries, findCanaries, newCanaries } from "../src/canaries/canaries.ts";
import { publishEveryEvent } from "../src/canaries/publish-every-event.ts";
import { type Evidence, startWatchedShop, type WatchedShop } from "../src/canaries/watched-shop.ts";
import { awaitStatus, pickVariant, putIntoCart } from "../src/purchase.ts";
import { confirmPayment } from "../src/sandbox.ts";
import { newVisitor } from "../src/visitor.ts";

/**
 * Secrets, names, addresses and card numbers go through every route, every event and every failure of a third party or a
 * database. None may be found in the logs, traces and errors of the shop that all of it ran on.
 */
const canaries: Canaries = newCanaries();
const address = { name: canaries.name, line1: `Torstraße ${canaries.mark}`, city: canaries.mark, postalCode: "10119" };
const shippingAddress = { ...address, country: "DE", phone: canaries.phone } as const;

let shop: WatchedShop;
let statuses: Map<number, string[]>;
let consumedEvents: string[];
let failures: Map<string, number>;
let evidence: Evidence;

beforeAll(async () => {
  shop = await startWatchedShop(canaries);
  await buySomething();
  statuses = await callEveryRoute(shop, canaries);
  consumedEvents = await publishEveryEvent(shop, canaries);
  await receiveForeignWebhooks();
  await failThirdParties();
  await breakDatabases();
  failures = new Map(shop.provider.failures);
  evidence = await shop.stop();
}, 600_000);

afterAll(async () => void (await shop.stop()));

/** A guest's cart becomes an order to the canaries' address, with text messages to their phone. */
async function placeOrder(email: string) {
  const guest = newVisitor(shop.stack.url);
  const { variant } = await pickVariant(guest, 5, 3);
  await putIntoCart(guest, variant.sku, 1);
  const { total, shippingOptionId } = await guest.call(order.createQuote, { query: {}, body: { shippingAddress } });
  const body = { email, shippingAddress, shippingOptionId, expectedTotal: total, smsUpdates: true };
  return { guest, placed: await guest.call(order.placeOrder, { idempotencyKey: randomUUID(), body }) };
}

/** A purchase from the cart to the mail, whose secrets become canaries too. */
async function buySomething() {
  const { guest, placed } = await placeOrder(canaries.email);
  canaries.issued.add(placed.payment.clientSecret);
  canaries.issued.add(placed.orderToken ?? canaries.mark);
  await confirmPayment(shop.stack.sandboxUrl, placed.payment, "pm_card_visa");
  await awaitStatus(guest, placed, "confirmed");
  return { guest, placed };
}

/** Webhooks whose signature holds and whose content is not ours. */
async function receiveForeignWebhooks() {
  const secret = shop.secrets.stripeWebhookSecret;
  for (const type of [
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "refund.created",
    "charge.refunded",
  ]) {
    const object = {
      ...{ id: `pi_${randomUUID()}`, amount: 1, amount_received: 1, currency: "eur", status: "succeeded", created: 1 },
      ...{ receipt_email: canaries.email, metadata: { orderId: randomUUID(), note: canaries.text } },
      ...{ last_payment_error: { code: canaries.mark, message: canaries.email }, reason: canaries.text },
    };
    const payload = JSON.stringify({ id: `evt_${randomUUID()}`, object: "event", type, created: 1, data: { object } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    await fetch(`${shop.stack.serviceUrls.payment}/v1/webhooks/stripe`, {
      method: "POST",
      headers: { "content-type": "application/json", "stripe-signature": signature },
      body: payload,
    });
  }
}

/** Stripe, SendGrid and Twilio answer with errors that quote what they were sent; a mail is tried until several failed. */
async function failThirdParties() {
  const { guest, placed } = await placeOrder(canaries.email);
  const unwanted = await placeOrder(canaries.email);
  shop.provider.failing = true;
  await cancel(unwanted);
  await confirmPayment(shop.stack.sandboxUrl, placed.payment, "pm_card_visa");
  await awaitStatus(guest, placed, "confirmed");
  for (let index = 0; index < 10; index++) await placeOrder(canaries.email).catch(() => {});
  const failed = () => [...shop.provider.failures.keys()].join();
  await waitFor(() => /mail\/send/.test(failed()) && /Messages\.json/.test(failed()), {
    ...{ timeoutMs: 60_000, what: "a mail and a text message to fail" },
  });
  shop.provider.failing = false;
}

/** The payment's intent is cancelled at Stripe when the event of the cancellation arrives. */
async function cancel({ guest, placed }: Awaited<ReturnType<typeof placeOrder>>) {
  const headers = { "x-order-token": placed.orderToken ?? "" };
  const input = { params: { orderId: placed.order.id }, idempotencyKey: randomUUID() };
  await guest.call(order.cancelOrder, input, { headers });
  await waitFor(() => [...shop.provider.failures.keys()].some((path) => path.endsWith("/cancel")), {
    ...{ timeoutMs: 60_000, what: "a cancellation to fail at Stripe" },
  });
}

/** A constraint that a row breaks makes PostgreSQL quote the whole row in the error's detail. */
async function breakDatabases() {
  const { user, order: orders } = shop.stack.stores.databaseUrls;
  await alter(user, `ALTER TABLE users ADD CONSTRAINT broken CHECK (name NOT LIKE 'Zora%') NOT VALID`);
  await alter(orders, `ALTER TABLE orders ADD CONSTRAINT broken CHECK (email NOT LIKE 'zora%') NOT VALID`);
  const body = { email: `x${canaries.email}`, password: canaries.password, name: canaries.name };
  await expect(newVisitor(shop.stack.url).call(registerUser, { body })).rejects.toMatchObject({ status: 500 });
  await expect(placeOrder(canaries.email)).rejects.toMatchObject({ status: 500 });
}

async function alter(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe("what was sent", () => {
  it("went through every route in eleven ways, and met no failure of ours", () => {
    const routes = Object.values(routesByService).flatMap((routes) => Object.values(routes));
    expect([...statuses.values()].flat()).toHaveLength(routes.length * 11);
    expect([...statuses].filter(([status]) => status >= 500)).toEqual([]);
    for (const status of [200, 204, 400, 401, 403, 404, 415]) expect(statuses.get(status), `${status}`).toBeDefined();
  });
  it("was consumed as events, and failed at every third party", () => {
    expect(consumedEvents).toEqual(expect.arrayContaining(["payment.captured", "order.confirmed", "order.cancelled"]));
    const paths = [...failures.keys()];
    for (const path of [
      /^\/v1\/payment_intents$/,
      /^\/v1\/payment_intents\/[^/]+\/cancel$/,
      /^\/v3\/mail\/send/,
      /Messages\.json/,
    ]) {
      expect(
        paths.filter((each) => path.test(each)),
        `${path}`,
      ).not.toEqual([]);
    }
  });
  it("can be found by this test where it is", () => {
    for (const secret of [canaries.mark, canaries.phone, canaries.card, ...canaries.issued]) {
      for (const text of [`a "${secret}" b`, encodeURIComponent(`x ${secret}`)]) {
        expect(findCanaries(text, canaries), text).not.toEqual([]);
      }
      for (const before of ["", "a", "ab", "abc"]) {
        expect(findCanaries(Buffer.from(`${before}${secret} x`).toString("base64"), canaries), before).not.toEqual([]);
      }
    }
  });
});

describe("what can be seen of it", () => {
  it("is lines of every service and of the gateway, without a canary", () => {
    const { gateway, sandbox: _, ...services } = evidence.logs;
    expect(gateway).toContain("ready");
    expect(Object.keys(services).sort()).toEqual(["cart", "order", "payment", "product", "user"]);
    for (const [service, log] of Object.entries(services)) {
      const lines = log.trim().split("\n");
      expect(lines.every((line) => JSON.parse(line).service === service)).toBe(true);
      expect(log).toContain('"event":"request"');
      expect(findCanaries(log, canaries), service).toEqual([]);
    }
    expect(services.user).toContain('"code":"23514"');
    expect(services.order).toContain('"code":"23514"');
    expect(findCanaries(gateway ?? "", canaries)).toEqual([]);
  });
  it("is spans of requests and events of every service, without a canary", () => {
    const { traces } = evidence;
    for (const part of [
      "POST /v1/orders",
      "GET /v1/products",
      "process order.record-capture",
      "order.mail-confirmation",
    ])
      expect(traces).toContain(part);
    for (const service of Object.keys(routesByService)) expect(traces).toContain(service);
    expect(findCanaries(traces, canaries)).toEqual([]);
  });
  it("is errors in Sentry with their places in the code, without a canary", () => {
    const { errors } = evidence;
    expect(errors).toContain('"server_name":"user"');
    expect(errors).toContain('"server_name":"order"');
    expect(errors).toContain("23514");
    expect(errors).toContain("/src/");
    expect(findCanaries(errors, canaries)).toEqual([]);
  });
});
