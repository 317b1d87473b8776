import { describe, expect, test } from "vitest";
import { openSandbox, refusalOf, stripeFor } from "./sandbox-for-tests.ts";

describe("a customer", () => {
  test("is created, changed, found and deleted", async () => {
    const stripe = stripeFor(await openSandbox());
    const made = await stripe.customers.create({
      email: "ada@example.com",
      name: "Ada",
      metadata: { user: "1", tier: "gold" },
      address: { line1: "Elm Street 1", city: "Berlin", country: "DE" },
    });
    expect(made).toMatchObject({ email: "ada@example.com", address: { city: "Berlin", state: null } });
    const changed = await stripe.customers.update(made.id, { name: "Ada L.", phone: "", metadata: { tier: "" } });
    expect(changed).toMatchObject({ name: "Ada L.", email: "ada@example.com", metadata: { user: "1" } });
    expect(changed.metadata).not.toHaveProperty("tier");
    expect((await stripe.customers.list({ email: "ada@example.com" })).data).toHaveLength(1);
    expect((await stripe.customers.list({ email: "eve@example.com" })).data).toHaveLength(0);

    expect(await stripe.customers.del(made.id)).toEqual(expect.objectContaining({ id: made.id, deleted: true }));
    expect(await stripe.customers.retrieve(made.id)).toMatchObject({ deleted: true });
    expect(await refusalOf(stripe.customers.update(made.id, { name: "x" }))).toMatchObject({
      code: "resource_missing",
    });
    const types = (await stripe.events.list()).data.map(({ type }) => type);
    expect(types).toEqual(["customer.deleted", "customer.updated", "customer.created"]);
  });

  test("keeps payment methods and pays with them", async () => {
    const stripe = stripeFor(await openSandbox());
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    expect(method).toMatchObject({ customer: customer.id, card: { last4: "4242" } });
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
    expect((await stripe.paymentMethods.list({ customer: customer.id, type: "card" })).data[0]?.id).toBe(method.id);

    const pay = (of: string | undefined) =>
      stripe.paymentIntents.create({
        amount: 700,
        currency: "eur",
        ...(of !== undefined && { customer: of }),
        payment_method: method.id,
        confirm: true,
        off_session: true,
        expand: ["customer", "payment_method"],
      });
    expect(await pay(customer.id)).toMatchObject({
      status: "succeeded",
      customer: { object: "customer" },
      payment_method: { id: method.id },
    });
    expect(await refusalOf(pay(undefined))).toMatchObject({ param: "payment_method" });

    expect(await stripe.paymentMethods.detach(method.id)).toMatchObject({ customer: null });
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toEqual([]);
    expect((await refusalOf(pay(customer.id))).message).toContain("may not be used again");
  });

  test("cannot keep a card that declines", async () => {
    const stripe = stripeFor(await openSandbox());
    const customer = await stripe.customers.create();
    const attach = (name: string) => stripe.paymentMethods.attach(name, { customer: customer.id });
    expect(await refusalOf(attach("pm_card_chargeDeclined"))).toMatchObject({ code: "card_declined" });
    expect(await attach("pm_card_chargeCustomerFail")).toMatchObject({ customer: customer.id });
  });
});

describe("a set-up", () => {
  test("saves a card, which then needs no 3-D Secure while the shopper is away", async () => {
    const sandbox = await openSandbox();
    const stripe = stripeFor(sandbox);
    const customer = await stripe.customers.create();
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      confirm: true,
      return_url: "https://shop.example/saved",
    });
    expect(setup).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    await fetch(`${sandbox.url}/v1/setup_intents/${setup.id}/sandbox_authenticate`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_shop" },
      body: new URLSearchParams({ outcome: "approve" }),
    });
    const saved = await stripe.setupIntents.retrieve(setup.id, { expand: ["latest_attempt", "payment_method"] });
    expect(saved).toMatchObject({ status: "succeeded", latest_attempt: { status: "succeeded" } });
    expect(saved.payment_method).toMatchObject({ customer: customer.id });
    const paid = await stripe.paymentIntents.create({
      amount: 700,
      currency: "eur",
      customer: customer.id,
      payment_method: (saved.payment_method as { id: string }).id,
      confirm: true,
      off_session: true,
    });
    expect(paid.status).toBe("succeeded");
  });

  test("of a declined card fails and can be tried again or canceled", async () => {
    const stripe = stripeFor(await openSandbox());
    const { id } = await stripe.setupIntents.create();
    const refusal = await refusalOf(stripe.setupIntents.confirm(id, { payment_method: "pm_card_chargeDeclined" }));
    expect(refusal).toMatchObject({ code: "card_declined", setup_intent: { id, status: "requires_payment_method" } });
    expect(await stripe.setupIntents.cancel(id)).toMatchObject({ status: "canceled" });
    expect(await refusalOf(stripe.setupIntents.confirm(id, { payment_method: "pm_card_visa" }))).toMatchObject({
      code: "setup_intent_unexpected_state",
    });
    expect((await stripe.setupIntents.list()).data).toHaveLength(1);
  });
});
