import { describe, expect, test } from "vitest";
import { cardOnly, openSandbox, refusalOf, stripeFor } from "./sandbox-for-tests.ts";

const order = { amount: 2599, currency: "eur", ...cardOnly };

describe("a payment", () => {
  test("goes from creation through confirmation to success, with its charge", async () => {
    const stripe = stripeFor(await openSandbox());
    const created = await stripe.paymentIntents.create({ ...order, metadata: { order: "42" } });
    expect(created).toMatchObject({
      status: "requires_payment_method",
      amount: 2599,
      currency: "eur",
      metadata: { order: "42" },
    });
    expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret_`));

    const withCard = await stripe.paymentIntents.update(created.id, { payment_method: "pm_card_visa" });
    expect(withCard.status).toBe("requires_confirmation");

    const paid = await stripe.paymentIntents.confirm(created.id, { expand: ["latest_charge.balance_transaction"] });
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 2599, last_payment_error: null });
    expect(paid.latest_charge).toMatchObject({
      paid: true,
      captured: true,
      amount_captured: 2599,
      payment_method_details: { card: { brand: "visa", last4: "4242" } },
      balance_transaction: { amount: 2599, fee: 105, net: 2494, type: "charge" },
    });
  });

  test("is authorised first and captured later, in part", async () => {
    const stripe = stripeFor(await openSandbox());
    const held = await stripe.paymentIntents.create({
      ...order,
      capture_method: "manual",
      payment_method: "pm_card_mastercard",
      confirm: true,
    });
    expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 2599, amount_received: 0 });
    const tooMuch = await refusalOf(stripe.paymentIntents.capture(held.id, { amount_to_capture: 2600 }));
    expect(tooMuch).toMatchObject({ code: "amount_too_large", param: "amount_to_capture" });
    const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 2000 });
    expect(captured).toMatchObject({ status: "succeeded", amount_received: 2000, amount_capturable: 0 });
    expect(await refusalOf(stripe.paymentIntents.capture(held.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  test("that is declined can be tried again with another card", async () => {
    const stripe = stripeFor(await openSandbox());
    const { id } = await stripe.paymentIntents.create(order);
    const declined = await refusalOf(stripe.paymentIntents.confirm(id, { payment_method: "pm_card_chargeDeclined" }));
    expect(declined).toMatchObject({
      type: "StripeCardError",
      statusCode: 402,
      code: "card_declined",
      decline_code: "generic_decline",
      payment_intent: { id, status: "requires_payment_method" },
    });
    const tried = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
    expect(tried).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      last_payment_error: { code: "card_declined", payment_method: { card: { last4: "0002" } } },
      latest_charge: { status: "failed", paid: false },
    });
    expect(await stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" })).toMatchObject({
      status: "succeeded",
      last_payment_error: null,
    });
  });

  test.each([
    ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"],
    ["pm_card_chargeDeclinedLostCard", "card_declined", "lost_card"],
    ["pm_card_radarBlock", "card_declined", "fraudulent"],
  ])("with %s fails as %s (%s)", async (payment_method, code, decline_code) => {
    const stripe = stripeFor(await openSandbox());
    const refusal = await refusalOf(stripe.paymentIntents.create({ ...order, payment_method, confirm: true }));
    expect(refusal).toMatchObject({
      code,
      decline_code,
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`,
    });
  });

  test("can be canceled until it is captured, and not confirmed afterwards", async () => {
    const stripe = stripeFor(await openSandbox());
    const held = await stripe.paymentIntents.create({
      ...order,
      capture_method: "manual",
      payment_method: "pm_card_visa",
      confirm: true,
    });
    const canceled = await stripe.paymentIntents.cancel(held.id, { cancellation_reason: "abandoned" });
    expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned", amount_capturable: 0 });
    expect(await stripe.charges.retrieve(held.latest_charge as string)).toMatchObject({
      captured: false,
      refunded: true,
    });
    const refusal = await refusalOf(stripe.paymentIntents.confirm(held.id, { payment_method: "pm_card_visa" }));
    expect(refusal).toMatchObject({ code: "payment_intent_unexpected_state", payment_intent: { status: "canceled" } });

    const paid = await stripe.paymentIntents.create({ ...order, payment_method: "pm_card_visa", confirm: true });
    expect(await refusalOf(stripe.paymentIntents.cancel(paid.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    expect(await refusalOf(stripe.paymentIntents.confirm(paid.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  test("uses a payment method up that belongs to no customer", async () => {
    const stripe = stripeFor(await openSandbox());
    const { id } = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
    const pay = () => stripe.paymentIntents.create({ ...order, payment_method: id, confirm: true });
    expect((await pay()).status).toBe("succeeded");
    expect((await refusalOf(pay())).message).toContain("may not be used again");
  });

  test("by a slow bank is processing first, then succeeds or fails", async () => {
    const stripe = stripeFor(await openSandbox({ settleAfterMs: 20 }));
    const confirm = (payment_method: string) =>
      stripe.paymentIntents.create({ ...order, payment_method, confirm: true });
    const good = await confirm("pm_card_sandboxProcessing");
    const bad = await confirm("pm_card_sandboxProcessingDeclined");
    expect([good.status, bad.status]).toEqual(["processing", "processing"]);
    await expect.poll(async () => (await stripe.paymentIntents.retrieve(good.id)).status).toBe("succeeded");
    await expect
      .poll(async () => (await stripe.paymentIntents.retrieve(bad.id)).status)
      .toBe("requires_payment_method");
  });
});

describe("3-D Secure", () => {
  test("approved or declined by the shopper decides the payment", async () => {
    const sandbox = await openSandbox();
    const stripe = stripeFor(sandbox);
    const ask = () =>
      stripe.paymentIntents.create({
        amount: 4200,
        currency: "eur",
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        return_url: "https://shop.example/return",
      });
    const intent = await ask();
    expect(intent).toMatchObject({ status: "requires_action", latest_charge: null });
    expect(intent.next_action?.redirect_to_url?.url).toMatch(`${sandbox.url}/3ds/${intent.id}`);

    await authenticate(sandbox.url, intent.id, "approve");
    expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] })).toMatchObject({
      status: "succeeded",
      next_action: null,
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
    });

    const other = await ask();
    await authenticate(sandbox.url, other.id, "decline");
    expect(await stripe.paymentIntents.retrieve(other.id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    });
  });

  test("cannot happen while the shopper is away: the card declines", async () => {
    const stripe = stripeFor(await openSandbox());
    const payment_method = "pm_card_authenticationRequired";
    const refusal = await refusalOf(
      stripe.paymentIntents.create({ ...order, payment_method, confirm: true, off_session: true }),
    );
    expect(refusal).toMatchObject({ code: "authentication_required", decline_code: "authentication_required" });
  });

  test("of a manually confirmed payment is followed by the server's confirmation", async () => {
    const sandbox = await openSandbox();
    const stripe = stripeFor(sandbox);
    const intent = await stripe.paymentIntents.create({
      ...order,
      confirmation_method: "manual",
      payment_method: "pm_card_threeDSecure2Required",
      confirm: true,
    });
    expect(intent.status).toBe("requires_action");
    await authenticate(sandbox.url, intent.id, "approve");
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("requires_confirmation");
    expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe("succeeded");
  });
});

describe("what Stripe refuses", () => {
  test.each([
    ["an amount below the minimum", { amount: 49, currency: "eur" }, { code: "amount_too_small", param: "amount" }],
    [
      "an amount that is no integer",
      { amount: 10.5, currency: "eur" },
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    [
      "an unknown parameter",
      { amount: 500, currency: "eur", colour: "red" },
      { code: "parameter_unknown", param: "colour" },
    ],
    [
      "an unknown nested parameter",
      { amount: 500, currency: "eur", shipping: { name: "A", address: { planet: "Mars" } } },
      { code: "parameter_unknown", param: "shipping[address][planet]" },
    ],
    ["an unknown currency", { amount: 500, currency: "abc" }, { param: "currency" }],
    ["a missing currency", { amount: 500 }, { code: "parameter_missing", param: "currency" }],
    ["an empty currency", { amount: 500, currency: "" }, { code: "parameter_invalid_empty", param: "currency" }],
    [
      "an unknown payment method",
      { amount: 500, currency: "eur", payment_method: "pm_nope" },
      { code: "resource_missing", param: "payment_method" },
    ],
    ["a wrong choice", { amount: 500, currency: "eur", capture_method: "never" }, { param: "capture_method" }],
    [
      "a malformed address",
      { amount: 500, currency: "eur", receipt_email: "nobody" },
      { code: "email_invalid", param: "receipt_email" },
    ],
  ])("%s", async (_what, params, error) => {
    const stripe = stripeFor(await openSandbox());
    const refusal = await refusalOf(stripe.paymentIntents.create(params as never));
    expect(refusal).toMatchObject({ type: "StripeInvalidRequestError", ...error });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  test("a confirmation that may redirect without saying where to return", async () => {
    const stripe = stripeFor(await openSandbox());
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: "eur" });
    const refusal = await refusalOf(stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" }));
    expect(refusal.message).toContain("return_url");
  });

  test("a body that is no form", async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/v1/payment_intents`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_shop", "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { type: "invalid_request_error" } }]);
  });

  test("callers without a key, or with a wrong one", async () => {
    const sandbox = await openSandbox();
    expect((await fetch(`${sandbox.url}/v1/payment_intents`)).status).toBe(401);
    const refusal = await refusalOf(stripeFor(sandbox, "sk_live_real").paymentIntents.list());
    expect(refusal).toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
    const browser = await refusalOf(stripeFor(sandbox, "pk_test_shop").paymentIntents.list());
    expect(browser).toMatchObject({ code: "secret_key_required" });
  });
});

test("payments are listed newest first, page by page", async () => {
  const stripe = stripeFor(await openSandbox());
  const ids: string[] = [];
  for (let amount = 1000; amount < 1005; amount += 1) {
    ids.unshift((await stripe.paymentIntents.create({ ...order, amount })).id);
  }
  const first = await stripe.paymentIntents.list({ limit: 2 });
  expect(first).toMatchObject({ has_more: true, data: [{ id: ids[0] }, { id: ids[1] }] });
  const all: string[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 2 })) all.push(intent.id);
  expect(all).toEqual(ids);
  const before = await stripe.paymentIntents.list({ ending_before: ids[3]!, limit: 2 });
  expect(before.data.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
});

async function authenticate(url: string, id: string, outcome: "approve" | "decline"): Promise<void> {
  const response = await fetch(`${url}/v1/payment_intents/${id}/sandbox_authenticate`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_shop" },
    body: new URLSearchParams({ outcome }),
  });
  expect(response.status).toBe(200);
}
