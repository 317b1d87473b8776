import { describe, expect, test } from "vitest";
import { cardOnly, openSandbox, refusalOf, stripeFor } from "./sandbox-for-tests.ts";

const order = { amount: 2599, currency: "eur", ...cardOnly };
const confirmed = { ...order, payment_method: "pm_card_visa", confirm: true };

describe("the same Idempotency-Key", () => {
  test("with the same parameters gives the first answer again and pays once", async () => {
    const stripe = stripeFor(await openSandbox());
    const first = await stripe.paymentIntents.create(confirmed, { idempotencyKey: "order-1" });
    const again = await stripe.paymentIntents.create(confirmed, { idempotencyKey: "order-1" });
    expect(again).toEqual(first);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(again.lastResponse.headers).toMatchObject({
      "idempotent-replayed": "true",
      "original-request": first.lastResponse.requestId,
    });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test("replays a decline as well", async () => {
    const stripe = stripeFor(await openSandbox());
    const declined = { ...confirmed, payment_method: "pm_card_chargeDeclined" };
    const first = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: "order-2" }));
    const again = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: "order-2" }));
    expect(again).toMatchObject({ code: "card_declined", payment_intent: { id: first.payment_intent!.id } });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test("with other parameters, or at another endpoint, is refused", async () => {
    const stripe = stripeFor(await openSandbox());
    const intent = await stripe.paymentIntents.create(order, { idempotencyKey: "order-3" });
    const other = { ...order, amount: 9900 };
    expect(await refusalOf(stripe.paymentIntents.create(other, { idempotencyKey: "order-3" }))).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
    });
    expect(await refusalOf(stripe.paymentIntents.cancel(intent.id, {}, { idempotencyKey: "order-3" }))).toMatchObject({
      type: "StripeIdempotencyError",
      message: expect.stringContaining("same endpoint"),
    });
  });

  test("while the first call still runs is in use; the official client tries again and gets the one answer", async () => {
    const sandbox = await openSandbox();
    sandbox.faults.add({ target: "stripe", kind: "delay", ms: 300, times: 1 });
    const stripe = stripeFor(sandbox);
    const first = stripe.paymentIntents.create(confirmed, { idempotencyKey: "order-4" });
    await expect.poll(() => sandbox.faults.list()[0]?.hits).toBe(1);
    const refused = await refusalOf(stripe.paymentIntents.create(confirmed, { idempotencyKey: "order-4" }));
    expect(refused).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
    const patient = stripeFor(sandbox, "sk_test_shop", { maxNetworkRetries: 4 });
    const again = await patient.paymentIntents.create(confirmed, { idempotencyKey: "order-4" });
    expect(again.id).toBe((await first).id);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test("is free again when the parameters were refused, and after 24 hours", async () => {
    let nowMs = Date.now();
    const stripe = stripeFor(await openSandbox({ nowMs: () => nowMs }));
    await refusalOf(stripe.paymentIntents.create({ ...order, colour: "red" } as never, { idempotencyKey: "order-5" }));
    const first = await stripe.paymentIntents.create(order, { idempotencyKey: "order-5" });
    nowMs += 24 * 60 * 60 * 1000 + 1;
    const second = await stripe.paymentIntents.create({ ...order, amount: 100 }, { idempotencyKey: "order-5" });
    expect(second.id).not.toBe(first.id);
  });
});

describe("a failure that Stripe stores", () => {
  test.each([
    ["before the work", "before", 0],
    ["after it", "after", 1],
  ] as const)("%s is the answer under its key for a day, and not under another", async (_, when, charges) => {
    let nowMs = Date.now();
    const sandbox = await openSandbox({ nowMs: () => nowMs });
    const stripe = stripeFor(sandbox);
    sandbox.faults.add({ target: "stripe", kind: "storedStatus", when, status: 500, times: 1 });
    for (let i = 0; i < 2; i++)
      expect(await refusalOf(stripe.paymentIntents.create(confirmed, { idempotencyKey: "a" }))).toMatchObject({
        ...{ type: "StripeAPIError", statusCode: 500 },
      });
    expect((await stripe.charges.list()).data).toHaveLength(charges);
    await stripe.paymentIntents.create(confirmed, { idempotencyKey: "b" });
    nowMs += 24 * 3_600_000;
    await stripe.paymentIntents.create(confirmed, { idempotencyKey: "a" });
    expect((await stripe.charges.list()).data).toHaveLength(charges + 2);
  });

  test("is Stripe's alone", async () => {
    const { faults } = await openSandbox();
    expect(() => faults.add({ target: "sendgrid", kind: "storedStatus" })).toThrow("only Stripe");
  });
});
