import { randomUUIDv7 } from "node:crypto";
import { orderCancelled, orderRefundRequested } from "@tradepost/contracts/order";
import * as contract from "@tradepost/contracts/payment";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./payment-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterEach(() => stage.sandbox.faults.clear());
afterAll(() => stage.stop());

async function create() {
  const orderId = randomUUIDv7();
  const { id: intentId } = contract.PaymentHandle.parse((await stage.create(orderId)).json());
  return { orderId, intentId };
}
const confirm = (intentId: string, card = "pm_card_visa") =>
  stage.stripe.paymentIntents.confirm(intentId, { payment_method: card, return_url: "https://shop.example/return" });
async function pay(card = "pm_card_visa") {
  const payment = await create();
  await confirm(payment.intentId, card);
  await tell(payment.intentId);
  return payment;
}
/** Stripe's events about an intent, newest first as it lists them. */
const tell = async (intentId: string) => {
  for (const event of await stage.eventsOf(intentId)) await stage.webhook(event);
};
const keysOf = async (orderId: string) => (await stage.outboxOf(orderId)).map(({ routing_key }) => routing_key);
const statusOf = async (orderId: string) => (await stage.get(orderId)).json().status;
const alarmsAbout = (id: string) => stage.alarms.filter(({ orderId }) => orderId === id).map(({ kind }) => kind);

const envelope = { version: 1, occurredAt: new Date().toISOString() };
const cancel = (orderId: string) =>
  stage.consumers
    .find(({ name }) => name === "cancel-payment")!
    .handle(
      orderCancelled.envelope.parse({
        ...{ ...envelope, id: randomUUIDv7(), name: "order.cancelled", aggregateId: orderId },
        payload: { orderId, number: "7K2M-X9QD", reason: "payment_deadline", lines: [] },
      }) as never,
    );
const refund = (orderId: string, cents: number, refundId: string = randomUUIDv7()) =>
  stage.consumers
    .find(({ name }) => name === "refund-payment")!
    .handle(
      orderRefundRequested.envelope.parse({
        ...{ ...envelope, id: randomUUIDv7(), name: "order.refund_requested", aggregateId: orderId },
        payload: { orderId, refundId, amount: { amount: cents, currency: "EUR" }, reason: "shopper" },
      }) as never,
    );

describe("a decline and then another card", () => {
  it.each([
    ["in the order in which they happened", (events: object[]) => events.toReversed()],
    ["the other way round", (events: object[]) => events],
    ["twice and mixed", (events: object[]) => [...events, ...events.toReversed(), ...events]],
  ])("are one capture when Stripe tells of them %s", async (_, arrange) => {
    const { orderId, intentId } = await create();
    await expect(confirm(intentId, "pm_card_chargeDeclined")).rejects.toMatchObject({ code: "card_declined" });
    await confirm(intentId);
    for (const event of arrange(await stage.eventsOf(intentId)))
      expect((await stage.webhook(event)).statusCode).toBe(200);
    expect(await statusOf(orderId)).toBe("captured");
    expect((await keysOf(orderId)).filter((key) => key === "payment.captured.v1")).toHaveLength(1);
    expect((await stage.get(orderId)).json()).toMatchObject({
      ...{ captured: { amount: 4290, currency: "EUR" }, lastError: null },
    });
  });
});

describe("an order that ends while it is being paid", () => {
  it("has either a cancelled intent or one capture that is told, whoever is faster", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { orderId, intentId } = await create();
        const [paid] = await Promise.allSettled([confirm(intentId), cancel(orderId)]);
        await Promise.all((await stage.eventsOf(intentId)).map((event) => stage.webhook(event)));
        const { status } = await stage.stripe.paymentIntents.retrieve(intentId);
        expect(status).toBe(paid.status === "fulfilled" ? "succeeded" : "canceled");
        expect(await statusOf(orderId)).toBe(status === "succeeded" ? "captured" : "cancelled");
        expect(await keysOf(orderId)).toEqual(status === "succeeded" ? ["payment.captured.v1"] : []);
        return status;
      }),
    );
    expect(outcomes).toHaveLength(20);
  });

  it("tells of a capture after the cancellation had failed at Stripe, and what comes back is refunded once", async () => {
    const { orderId, intentId } = await create();
    stage.sandbox.faults.add({ target: "stripe", kind: "status", status: 503, match: { path: "cancel$" }, times: 2 });
    await expect(cancel(orderId)).rejects.toMatchObject({ unavailable: true });
    await confirm(intentId);
    await tell(intentId);
    await cancel(orderId);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1"]);
    const refundId = randomUUIDv7();
    await Promise.all([refund(orderId, 4290, refundId), refund(orderId, 4290, refundId)]);
    await tell(intentId);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([4290]);
  });
});

describe("a refund that fails", () => {
  it("after it was told as done is told as failed, once, in whatever order Stripe says so", async () => {
    const { orderId, intentId } = await pay("pm_card_refundFail");
    const refundId = randomUUIDv7();
    await refund(orderId, 4290, refundId);
    await waitFor(async () => (await stage.eventsOf(intentId, "refund.failed")).length > 0, { what: "the failure" });
    await tell(intentId);
    await tell(intentId);
    const [captured, refunded, failed, ...others] = await stage.outboxOf(orderId);
    expect([captured, refunded, others].flat().map((event) => event?.routing_key)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1"],
    ]);
    contract.paymentRefundFailed.envelope.parse(failed?.envelope);
    expect(failed?.envelope.payload).toMatchObject({ refundId, amount: { amount: 4290 }, reason: "unknown" });
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
    expect(alarmsAbout(orderId)).toEqual(["refund.failed"]);
    await refund(orderId, 4290, refundId);
    expect((await stage.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });

  it("before its success is told is told as failed only", async () => {
    const { orderId, intentId } = await pay("pm_card_refundFail");
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 100 });
    await waitFor(async () => (await stage.eventsOf(intentId, "refund.failed")).length > 0, { what: "the failure" });
    await tell(intentId); // newest first
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refund_failed.v1"]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
  });

  it("because the payment is disputed is told, and not asked for again", async () => {
    const { orderId } = await pay("pm_card_createDispute");
    const refundId = randomUUIDv7();
    for (let i = 0; i < 2; i++) await refund(orderId, 4290, refundId);
    const failed = (await stage.outboxOf(orderId)).filter(
      ({ routing_key }) => routing_key === "payment.refund_failed.v1",
    );
    expect(failed.map(({ envelope: { payload } }) => payload)).toEqual([
      expect.objectContaining({ refundId, providerRefundId: null, reason: "charge_disputed" }),
    ]);
  });

  it("because nothing is left to send back is told", async () => {
    const { orderId, intentId } = await pay();
    await stage.stripe.refunds.create({ payment_intent: intentId });
    await tell(intentId);
    await refund(orderId, 4290);
    expect(await keysOf(orderId)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1", "payment.refund_failed.v1"],
    ]);
  });

  it("is not believed of a pending one: it waits for Stripe's word, and is made once", async () => {
    const { orderId, intentId } = await pay("pm_card_pendingRefund");
    const refundId = randomUUIDv7();
    for (let i = 0; i < 3; i++) await refund(orderId, 4290, refundId);
    await waitFor(
      async () => (await stage.stripe.refunds.list({ payment_intent: intentId })).data[0]?.status === "succeeded",
    );
    await tell(intentId);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    expect((await stage.stripe.refunds.list({ payment_intent: intentId })).data).toHaveLength(1);
  });
});

describe("a dispute", () => {
  it("is told when it opens and when it ends, each once, with an alarm, and stays over", async () => {
    const { orderId, intentId } = await create();
    await confirm(intentId, "pm_card_createDispute");
    for (const event of (await stage.eventsOf(intentId)).reverse()) await stage.webhook(event);
    const [dispute] = (await stage.stripe.disputes.list({ payment_intent: intentId })).data;
    await stage.stripe.disputes.close(dispute!.id);
    for (let i = 0; i < 2; i++) await tell(intentId);
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
    const { orderId, intentId } = await pay();
    await refund(orderId, 1000);
    const open = await pay();
    stage.sandbox.faults.add({ target: "stripe", kind: "status", match: { path: "refunds$" } });
    await expect(refund(open.orderId, 1000)).rejects.toMatchObject({ unavailable: true });
    await cancel(randomUUIDv7());
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
    await tell(intentId);
    expect((await stage.get(orderId)).json()).toMatchObject({ status: "captured", refunded: { amount: 1000 } });
  });
});
