import Stripe from "stripe";
import { expect, test } from "vitest";
import { cardOnly, openHook, openSandbox, stripeFor } from "./sandbox-for-tests.ts";

const order = { amount: 2599, currency: "eur", ...cardOnly };
const typesOf = (received: { event: Stripe.Event }[]) => received.map(({ event }) => event.type);

test("events arrive at once, signed so that Stripe's own code verifies them", async () => {
  const hook = await openHook();
  const webhookSecret = "whsec_shop";
  const stripe = stripeFor(await openSandbox({ webhookUrl: hook.url, webhookSecret }));
  const intent = await stripe.paymentIntents.create(
    { ...order, payment_method: "pm_card_visa", confirm: true, metadata: { order: "7" } },
    { idempotencyKey: "order-7" },
  );
  await expect
    .poll(() => typesOf(hook.received).sort())
    .toEqual(["charge.succeeded", "payment_intent.created", "payment_intent.succeeded"]);
  for (const { body, signature } of hook.received) {
    const event = stripe.webhooks.constructEvent(body, signature, webhookSecret);
    expect(event.request).toMatchObject({ idempotency_key: "order-7", id: intent.lastResponse.requestId });
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, webhookSecret)).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
    expect(() => stripe.webhooks.constructEvent(body, signature, "whsec_other")).toThrow();
  }
  const paid = hook.received.find(({ event }) => event.type === "payment_intent.succeeded");
  expect(paid?.event.data.object).toMatchObject({ id: intent.id, status: "succeeded", metadata: { order: "7" } });
});

test("an event is sent again until the endpoint takes it", async () => {
  const hook = await openHook();
  hook.answer(500);
  const stripe = stripeFor(
    await openSandbox({ webhookUrl: hook.url, webhookRetryDelaysMs: [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560] }),
  );
  await stripe.customers.create({ email: "ada@example.com" });
  await expect.poll(() => hook.received.length).toBeGreaterThan(1);
  hook.answer(204);
  await expect.poll(async () => (await stripe.events.list()).data[0]?.pending_webhooks).toBe(0);
  const ids = new Set(hook.received.map(({ event }) => event.id));
  expect(ids.size).toBe(1);
});

test("endpoints made through the API get the events they ask for, until they are deleted", async () => {
  const hook = await openHook();
  const stripe = stripeFor(await openSandbox());
  const endpoint = await stripe.webhookEndpoints.create({ url: hook.url, enabled_events: ["customer.created"] });
  expect(endpoint.secret).toMatch(/^whsec_/);
  await stripe.paymentIntents.create(order);
  await stripe.customers.create({ name: "Ada" });
  await expect.poll(() => typesOf(hook.received)).toEqual(["customer.created"]);
  const [first] = hook.received;
  expect(stripe.webhooks.constructEvent(first!.body, first!.signature, endpoint.secret!).type).toBe("customer.created");

  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  expect(await stripe.webhookEndpoints.del(endpoint.id)).toMatchObject({ deleted: true });
  expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
});

test("events can be read again, by type", async () => {
  const stripe = stripeFor(await openSandbox());
  await stripe.paymentIntents.create({ ...order, payment_method: "pm_card_visa", confirm: true });
  const charges = await stripe.events.list({ type: "charge.*" });
  expect(charges.data.map(({ type }) => type)).toEqual(["charge.succeeded"]);
  expect(await stripe.events.retrieve(charges.data[0]!.id)).toMatchObject({ type: "charge.succeeded" });
  expect((await stripe.events.list({ types: ["payment_intent.created"] })).data).toHaveLength(1);
});
