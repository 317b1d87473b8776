import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/payment";
import { waitFor } from "@tradepost/testing/wait-for";
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

/** As Stripe lists them, which is the other way round. */
const newestFirst = (events: object[]) => events;
const payAndTell = async (card?: string) => {
  const payment = await story.pay(card);
  await story.tell(payment.intentId, newestFirst);
  return payment;
};
const alarmsAbout = (id: string) => stage.alarms.filter(({ orderId }) => orderId === id).map(({ kind }) => kind);

describe("a decline and then another card", () => {
  it.each([
    ["in the order in which they happened", (events: object[]) => events.toReversed()],
    ["the other way round", (events: object[]) => events],
    ["twice and mixed", (events: object[]) => [...events, ...events.toReversed(), ...events]],
  ])("are one capture when Stripe tells of them %s", async (_, arrange) => {
    const { orderId, intentId } = await story.create();
    await expect(story.confirm(intentId, "pm_card_chargeDeclined")).rejects.toMatchObject({ code: "card_declined" });
    await story.confirm(intentId);
    for (const event of arrange(await stage.eventsOf(intentId)))
      expect((await stage.webhook(event)).statusCode).toBe(200);
    expect(await story.statusOf(orderId)).toBe("captured");
    expect((await story.keysOf(orderId)).filter((key) => key === "payment.captured.v1")).toHaveLength(1);
    expect((await stage.get(orderId)).json()).toMatchObject({
      ...{ captured: { amount: 4290, currency: "EUR" }, lastError: null },
    });
  });
});

describe("an order that ends while it is being paid", () => {
  it("has either a cancelled intent or one capture that is told, whoever is faster", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { orderId, intentId } = await story.create();
        const [paid] = await Promise.allSettled([story.confirm(intentId), story.cancel(orderId)]);
        await Promise.all((await stage.eventsOf(intentId)).map((event) => stage.webhook(event)));
        const { status } = await stage.stripe.paymentIntents.retrieve(intentId);
        expect(status).toBe(paid.status === "fulfilled" ? "succeeded" : "canceled");
        expect(await story.statusOf(orderId)).toBe(status === "succeeded" ? "captured" : "cancelled");
        expect(await story.keysOf(orderId)).toEqual(status === "succeeded" ? ["payment.captured.v1"] : []);
        return status;
      }),
    );
    expect(outcomes).toHaveLength(20);
  });

  it("tells of a capture after the cancellation had failed at Stripe, and what comes back is refunded once", async () => {
    const { orderId, intentId } = await story.create();
    stage.sandbox.faults.add({ target: "stripe", kind: "status", status: 503, match: { path: "cancel$" }, times: 2 });
    await expect(story.cancel(orderId)).rejects.toMatchObject({ unavailable: true });
    await story.confirm(intentId);
    await story.tell(intentId, newestFirst);
    await story.cancel(orderId);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1"]);
    const refundId = randomUUIDv7();
    await Promise.all([story.refund(orderId, 4290, refundId), story.refund(orderId, 4290, refundId)]);
    await story.tell(intentId, newestFirst);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([4290]);
  });
});

describe("a refund that fails", () => {
  it("after it was told as done is told as failed, once, in whatever order Stripe says so", async () => {
    const { orderId, intentId } = await payAndTell("pm_card_refundFail");
    const refundId = randomUUIDv7();
    await story.refund(orderId, 4290, refundId);
    await waitFor(async () => (await stage.eventsOf(intentId, "refund.failed")).length > 0, { what: "the failure" });
    await story.tell(intentId, newestFirst);
    await story.tell(intentId, newestFirst);
    const [captured, refunded, failed, ...others] = await stage.outboxOf(orderId);
    expect([captured, refunded, others].flat().map((event) => event?.routing_key)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1"],
    ]);
    contract.paymentRefundFailed.envelope.parse(failed?.envelope);
    expect(failed?.envelope.payload).toMatchObject({ refundId, amount: { amount: 4290 }, reason: "unknown" });
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
    expect(alarmsAbout(orderId)).toEqual(["refund.failed"]);
    await story.refund(orderId, 4290, refundId);
    expect((await stage.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });

  it("before its success is told is told as failed only", async () => {
    const { orderId, intentId } = await payAndTell("pm_card_refundFail");
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 100 });
    await waitFor(async () => (await stage.eventsOf(intentId, "refund.failed")).length > 0, { what: "the failure" });
    await story.tell(intentId, newestFirst); // newest first
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refund_failed.v1"]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
  });

  it("because the payment is disputed is told, and not asked for again", async () => {
    const { orderId } = await payAndTell("pm_card_createDispute");
    const refundId = randomUUIDv7();
    for (let i = 0; i < 2; i++) await story.refund(orderId, 4290, refundId);
    const failed = (await stage.outboxOf(orderId)).filter(
      ({ routing_key }) => routing_key === "payment.refund_failed.v1",
    );
    expect(failed.map(({ envelope: { payload } }) => payload)).toEqual([
      expect.objectContaining({ refundId, providerRefundId: null, reason: "charge_disputed" }),
    ]);
  });

  it("because nothing is left to send back is told", async () => {
    const { orderId, intentId } = await payAndTell();
    await stage.stripe.refunds.create({ payment_intent: intentId });
    await story.tell(intentId, newestFirst);
    await story.refund(orderId, 4290);
    expect(await story.keysOf(orderId)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1", "payment.refund_failed.v1"],
    ]);
  });

  it("is not believed of a pending one: it waits for Stripe's word, and is made once", async () => {
    const { orderId, intentId } = await payAndTell("pm_card_pendingRefund");
    const refundId = randomUUIDv7();
    for (let i = 0; i < 3; i++) await story.refund(orderId, 4290, refundId);
    await waitFor(
      async () => (await stage.stripe.refunds.list({ payment_intent: intentId })).data[0]?.status === "succeeded",
    );
    await story.tell(intentId, newestFirst);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    expect((await stage.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });
});

describe("a dispute", () => {
  it("is told when it opens and when it ends, each once, with an alarm, and stays over", async () => {
    const { orderId, intentId } = await story.create();
    await story.confirm(intentId, "pm_card_createDispute");
    for (const event of (await stage.eventsOf(intentId)).reverse()) await stage.webhook(event);
    const [dispute] = (await stage.stripe.disputes.list({ payment_intent: intentId })).data;
    await stage.stripe.disputes.close(dispute!.id);
    for (let i = 0; i < 2; i++) await story.tell(intentId, newestFirst);
    const told = (await stage.outboxOf(orderId)).filter(({ routing_key }) => routing_key === "payment.disputed.v1");
    for (const event of told) contract.paymentDisputed.envelope.parse(event.envelope);
    expect(told.map(({ envelope: { payload } }) => payload)).toEqual([
      expect.objectContaining({
        disputeId: dispute!.id,
        orderId,
        status: "needs_response",
        amount: { amount: 4290, currency: "EUR" },
      }),
      expect.objectContaining({ disputeId: dispute!.id, status: "lost" }),
    ]);
    expect(alarmsAbout(orderId)).toEqual(["dispute.opened", "dispute.changed"]);
  });
});

describe("what is kept only to recognise repeats", () => {
  it("goes after five weeks; payments, refunds and what may still be asked for stay", async () => {
    const { orderId, intentId } = await payAndTell();
    await story.refund(orderId, 1000);
    const open = await payAndTell();
    stage.sandbox.faults.add({ target: "stripe", kind: "status", match: { path: "refunds$" } });
    await expect(story.refund(open.orderId, 1000)).rejects.toMatchObject({ unavailable: true });
    await story.cancel(randomUUIDv7());
    const count = async (table: string) =>
      (await stage.postgres.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n;
    await stage.postgres.query("UPDATE webhook_events SET received_at = now() - interval '34 days'");
    expect(await stage.useCases.prunePayments()).toBe(0);
    await stage.postgres.query("UPDATE webhook_events SET received_at = now() - interval '36 days'");
    await stage.postgres.query("UPDATE ended_orders SET ended_at = now() - interval '36 days'");
    await stage.postgres.query("UPDATE refund_attempts SET created_at = now() - interval '36 days'");
    await stage.useCases.prunePayments();
    expect([await count("webhook_events"), await count("ended_orders")]).toEqual([0, 0]);
    const { rows } = await stage.postgres.query<{ order_id: string }>("SELECT order_id FROM refund_attempts");
    expect(rows.map(({ order_id }) => order_id)).toContain(open.orderId);
    expect(rows.map(({ order_id }) => order_id)).not.toContain(orderId);
    await story.tell(intentId, newestFirst);
    expect((await stage.get(orderId)).json()).toMatchObject({ status: "captured", refunded: { amount: 1000 } });
  });
});
