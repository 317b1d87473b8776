import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/payment";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./payment-stage.ts";
import { createStory, type Story } from "./payment-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterEach(() => stage.sandbox.faults.clear());
afterAll(() => stage.stop());

/** A payment that was confirmed with a test card, and the events Stripe has for it. */
async function pay(card?: string) {
  const { orderId, intentId } = await story.create();
  await story.confirm(intentId, card).catch((error: { code?: string }) => expect(error.code).toBe("card_declined"));
  return { orderId, intentId, events: (await stage.eventsOf(intentId)).reverse() };
}
/** A payment of which we have heard all that Stripe has to tell. */
async function paid(card?: string) {
  const { orderId, intentId, events } = await pay(card);
  for (const event of events) await stage.webhook(event);
  return { orderId, intentId };
}

describe(`${contract.createPayment.method} ${contract.createPayment.path}`, () => {
  it("makes one PaymentIntent however often and however concurrently it is asked for", async () => {
    const orderId = randomUUIDv7();
    const replies = await Promise.all(Array.from({ length: 10 }, () => stage.create(orderId)));
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    const handle = contract.PaymentHandle.parse(replies[0]?.json());
    const intent = await stage.stripe.paymentIntents.retrieve(handle.id);
    expect(intent).toMatchObject({ amount: 4290, currency: "eur", client_secret: handle.clientSecret });
    const { data } = await stage.stripe.paymentIntents.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata.orderId === orderId)).toHaveLength(1);
  });

  it("finds the same intent when Stripe made it and its answer was lost", async () => {
    const orderId = randomUUIDv7();
    stage.sandbox.faults.add({
      ...{ target: "stripe", kind: "reset", when: "after", match: { path: "payment_intents" }, times: 3 },
      ...{ ms: 0, status: 500, n: 1, probability: 1, seed: 1 },
    });
    expect((await stage.create(orderId)).statusCode).toBe(503);
    expect((await stage.create(orderId)).statusCode).toBe(200);
    const { data } = await stage.stripe.paymentIntents.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata.orderId === orderId)).toHaveLength(1);
  });

  it("refuses another amount, a stranger, and an order that is over", async () => {
    const orderId = randomUUIDv7();
    await stage.create(orderId);
    expect((await stage.create(orderId, 1)).json()).toMatchObject({ code: "payment.amount_differs" });
    expect((await stage.create(orderId, 4290, "nobody")).statusCode).toBe(401);
    const ended = randomUUIDv7();
    await stage.useCases.cancelPayment(ended);
    expect((await stage.create(ended)).json()).toMatchObject({ code: "order.not_payable" });
  });

  it.each([0, 49, 100_000_000])("refuses %i cents, of which Stripe takes no payment", async (cents) => {
    const orderId = randomUUIDv7();
    for (let i = 0; i < 2; i++) {
      const reply = await stage.create(orderId, cents);
      expect([reply.statusCode, reply.json().code]).toEqual([409, "payment.amount_refused"]);
    }
  });

  it("keeps the client secret encrypted", async () => {
    const orderId = randomUUIDv7();
    const { clientSecret } = (await stage.create(orderId)).json();
    const { rows } = await stage.postgres.query<{ client_secret: Buffer; secret_key_id: string }>(
      "SELECT client_secret, secret_key_id FROM payments WHERE order_id = $1",
      [orderId],
    );
    expect(rows[0]?.secret_key_id).toBe("k1");
    expect(rows[0]?.client_secret.toString("latin1")).not.toContain(clientSecret);
  });
});

describe(`${contract.getPayment.method} ${contract.getPayment.path}`, () => {
  it("tells how a payment stands, and 404 for one that is not there", async () => {
    const { orderId } = await paid("pm_card_chargeDeclined");
    expect((await stage.get(orderId)).json()).toMatchObject({ status: "awaiting", lastError: "generic_decline" });
    expect((await stage.get(randomUUIDv7())).statusCode).toBe(404);
  });

  it("tells it without the secret, also when that can no longer be read", async () => {
    const { orderId } = await pay();
    await stage.postgres.query("UPDATE payments SET secret_key_id = 'lost' WHERE order_id = $1", [orderId]);
    const reply = await stage.get(orderId);
    expect(reply.statusCode).toBe(200);
    expect(reply.body).not.toContain("secret");
  });
});

describe(`${contract.stripeWebhook.method} ${contract.stripeWebhook.path}`, () => {
  it("records a capture once, however often and in whatever order its events come", async () => {
    const { orderId, intentId, events } = await pay();
    for (const event of [...events.toReversed(), ...events])
      expect((await stage.webhook(event)).json()).toEqual({ received: true });
    const [captured, ...others] = await stage.outboxOf(orderId);
    expect(others).toEqual([]);
    contract.paymentCaptured.envelope.parse(captured?.envelope);
    expect(captured?.envelope.payload).toMatchObject({
      paymentId: intentId,
      amount: { amount: 4290, currency: "EUR" },
    });
    expect(await story.statusOf(orderId)).toBe("captured");
  });

  it("lets a declined card be followed by another one", async () => {
    const { orderId, intentId } = await paid("pm_card_chargeDeclined");
    await stage.stripe.paymentIntents.confirm(intentId, {
      payment_method: "pm_card_visa",
      return_url: "https://a.example",
    });
    for (const event of await stage.eventsOf(intentId)) await stage.webhook(event);
    expect(await story.keysOf(orderId)).toEqual(["payment.failed.v1", "payment.captured.v1"]);
  });

  it.each([
    ["forged", { secret: "whsec_other" }],
    ["older than five minutes", { atSeconds: Math.floor(Date.now() / 1000) - 301 }],
  ])("refuses one that is %s and changes nothing", async (_, options) => {
    const { orderId, events } = await pay();
    for (const event of events) {
      const reply = await stage.webhook(event, options);
      expect([reply.statusCode, reply.json().code]).toEqual([400, "webhook.signature"]);
    }
    expect(await story.keysOf(orderId)).toEqual([]);
  });

  it("S11: refuses one without a signature, and leaves other people's payments alone", async () => {
    expect((await stage.app.inject({ method: "POST", url: "/v1/webhooks/stripe", payload: {} })).statusCode).toBe(400);
    const foreign = await stage.stripe.paymentIntents.create({
      ...{ amount: 100, currency: "eur", confirm: true, payment_method: "pm_card_visa" },
      ...{ return_url: "https://a.example", metadata: { orderId: randomUUIDv7() } },
    });
    const other = await stage.stripe.paymentIntents.create({
      ...{ amount: 100, currency: "chf", confirm: true, payment_method: "pm_card_visa" },
      ...{ return_url: "https://a.example" },
    });
    await stage.stripe.refunds.create({ payment_intent: other.id });
    for (const { id } of [foreign, other])
      for (const event of await stage.eventsOf(id)) expect((await stage.webhook(event)).statusCode).toBe(200);
  });
});

describe("an order that ends", () => {
  it("cancels the payment at Stripe, so that nobody can pay it any more", async () => {
    const orderId = randomUUIDv7();
    const handle = contract.PaymentHandle.parse((await stage.create(orderId)).json());
    for (let i = 0; i < 2; i++) await stage.useCases.cancelPayment(orderId);
    expect((await stage.stripe.paymentIntents.retrieve(handle.id)).status).toBe("canceled");
    for (const event of await stage.eventsOf(handle.id)) await stage.webhook(event);
    expect(await story.statusOf(orderId)).toBe("cancelled");
    expect(await story.keysOf(orderId)).toEqual([]);
  });

  it("still tells of a capture that was faster, even if Stripe's event never comes, and once if it does", async () => {
    const { orderId, intentId, events } = await pay();
    for (let i = 0; i < 2; i++) await stage.useCases.cancelPayment(orderId);
    const [captured, ...others] = await stage.outboxOf(orderId);
    expect(others).toEqual([]);
    contract.paymentCaptured.envelope.parse(captured?.envelope);
    expect(captured?.envelope.payload).toMatchObject({
      paymentId: intentId,
      amount: { amount: 4290, currency: "EUR" },
    });
    for (const event of events) await stage.webhook(event);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1"]);
  });
});

describe("order.refund_requested", () => {
  it("sends the money back once, however often it is asked for and told", async () => {
    const { orderId, intentId } = await paid();
    const request = story.refundRequest(orderId, 4290);
    for (let i = 0; i < 2; i++) await story.handle("refund-payment", request);
    for (const event of await stage.eventsOf(intentId)) await stage.webhook(event);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([4290]);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    expect((await stage.get(orderId)).json()).toMatchObject({ refunded: { amount: 4290 } });
  });

  it("repeats after Stripe refunded and its answer was lost", async () => {
    const { orderId, intentId } = await paid();
    stage.sandbox.faults.add({
      ...{ target: "stripe", kind: "reset", when: "after", match: { path: "refunds" }, times: 3 },
      ...{ ms: 0, status: 500, n: 1, probability: 1, seed: 1 },
    });
    const request = story.refundRequest(orderId, 1000);
    await expect(story.handle("refund-payment", request)).rejects.toMatchObject({ unavailable: true });
    await story.handle("refund-payment", request);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([1000]);
  });

  it("sends back only what is left after a refund in Stripe's dashboard, and nothing when that was all", async () => {
    const { orderId, intentId } = await paid();
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 500 });
    const request = story.refundRequest(orderId, 4290);
    await expect(story.handle("refund-payment", request)).rejects.toThrow("greater than unrefunded");
    for (const event of await stage.eventsOf(intentId)) await stage.webhook(event);
    for (const each of [request, request, story.refundRequest(orderId, 4290)])
      await story.handle("refund-payment", each);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount).sort()).toEqual([3790, 500]);
  });

  it("stays done when it is asked for again after Stripe has forgotten its idempotency key", async () => {
    const { orderId, intentId } = await paid();
    const request = story.refundRequest(orderId, 1000);
    await story.handle("refund-payment", request);
    stage.stripeClock.aheadMs = 25 * 3_600_000;
    await story.handle("refund-payment", request);
    stage.stripeClock.aheadMs = 0;
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([1000]);
  });

  it("tells of a refund that was made in Stripe's dashboard", async () => {
    const { orderId, intentId } = await paid();
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 500 });
    for (const event of await stage.eventsOf(intentId)) await stage.webhook(event);
    const [, refunded] = await stage.outboxOf(orderId);
    expect(refunded?.envelope.payload).toMatchObject({ refundId: null, amount: { amount: 500 } });
  });
});
