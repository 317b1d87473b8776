import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { cardOnly, openSandbox, refusalOf, stripeFor } from "./sandbox-for-tests.ts";

const pay = (stripe: Stripe, payment_method = "pm_card_visa") =>
  stripe.paymentIntents.create({ amount: 3000, currency: "eur", ...cardOnly, payment_method, confirm: true });

describe("a refund", () => {
  test("gives back a part, then the rest, and never more", async () => {
    const stripe = stripeFor(await openSandbox());
    const { id, latest_charge } = await pay(stripe);
    const charge = latest_charge as string;
    const part = await stripe.refunds.create({ payment_intent: id, amount: 1000, reason: "requested_by_customer" });
    expect(part).toMatchObject({ amount: 1000, status: "succeeded", charge, payment_intent: id });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 1000, refunded: false });

    const tooMuch = await refusalOf(stripe.refunds.create({ charge, amount: 2001 }));
    expect(tooMuch).toMatchObject({
      param: "amount",
      message: "Refund amount (€20.01) is greater than unrefunded amount on charge (€20.00)",
    });
    expect(await stripe.refunds.create({ charge })).toMatchObject({ amount: 2000 });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 3000, refunded: true });
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_already_refunded" });

    expect((await stripe.refunds.list({ payment_intent: id })).data.map(({ amount }) => amount)).toEqual([2000, 1000]);
    expect(await stripe.refunds.retrieve(part.id, { expand: ["balance_transaction"] })).toMatchObject({
      balance_transaction: { amount: -1000, type: "refund" },
    });
    const types = (await stripe.events.list()).data.map(({ type }) => type);
    expect(types.filter((type) => type === "charge.refunded" || type === "refund.created")).toHaveLength(4);
  });

  test("needs a payment that was captured", async () => {
    const stripe = stripeFor(await openSandbox());
    const unpaid = await stripe.paymentIntents.create({ amount: 500, currency: "eur" });
    expect((await refusalOf(stripe.refunds.create({ payment_intent: unpaid.id }))).message).toContain(
      "successful charge",
    );
    expect(await refusalOf(stripe.refunds.create({}))).toMatchObject({ statusCode: 400 });
    expect(await refusalOf(stripe.refunds.create({ charge: "ch_nope" }))).toMatchObject({ code: "resource_missing" });
  });

  test("may be pending at first", async () => {
    const stripe = stripeFor(await openSandbox({ settleAfterMs: 20 }));
    const { id } = await pay(stripe, "pm_card_pendingRefund");
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe("pending");
    await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
    expect((await stripe.events.list({ type: "refund.updated" })).data).toHaveLength(1);
  });

  test("may fail later, and the money is the shop's again", async () => {
    const stripe = stripeFor(await openSandbox({ settleAfterMs: 20 }));
    const { id, latest_charge } = await pay(stripe, "pm_card_refundFail");
    const refund = await stripe.refunds.create({ payment_intent: id });
    await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status).toBe("failed");
    expect(await stripe.charges.retrieve(latest_charge as string)).toMatchObject({
      amount_refunded: 0,
      refunded: false,
    });
  });
});

test("a disputed payment can be read, and not refunded on top", async () => {
  const stripe = stripeFor(await openSandbox());
  const { id, latest_charge } = await pay(stripe, "pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
  expect(dispute).toMatchObject({
    amount: 3000,
    reason: "fraudulent",
    status: "needs_response",
    charge: latest_charge,
  });
  expect(await stripe.disputes.retrieve(dispute!.id, { expand: ["charge"] })).toMatchObject({
    charge: { disputed: true },
  });
  expect(await refusalOf(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ code: "charge_disputed" });
  expect((await stripe.events.list({ type: "charge.dispute.created" })).data[0]?.data.object).toMatchObject({
    id: dispute!.id,
  });
});

test("a dispute that the shop gives in to is lost, once", async () => {
  const stripe = stripeFor(await openSandbox());
  const { id } = await pay(stripe, "pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
  expect(await stripe.disputes.close(dispute!.id)).toMatchObject({ id: dispute!.id, status: "lost" });
  expect((await stripe.events.list({ type: "charge.dispute.closed" })).data[0]?.data.object).toMatchObject({
    ...{ id: dispute!.id, status: "lost" },
  });
  expect((await refusalOf(stripe.disputes.close(dispute!.id))).statusCode).toBe(400);
});
