import { randomUUIDv7 } from "node:crypto";
import { orderRefundRequested } from "@tradepost/contracts/order";
import * as contract from "@tradepost/contracts/payment";
import { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./payment-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const MINUTE_MS = 60_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const operations = createServiceTokens({ name: "operations", key: "k".repeat(32) }).header();

/** By default a time in which everything of this test was made, and nothing is still under way. */
async function reconcile({ dryRun = false, since = fromNow(-MINUTE_MS), until = fromNow(MINUTE_MS) } = {}) {
  const reply = await stage.app.inject({
    ...{ method: "POST", url: "/internal/payments/reconciliation", payload: { dryRun, since, until } },
    headers: { "x-service-token": operations },
  });
  expect(reply.statusCode).toBe(200);
  return ReconciliationReport.parse(reply.json());
}
const findingsAbout = async (orderId: string, options?: Parameters<typeof reconcile>[0]) =>
  (await reconcile(options)).findings
    .filter(({ subject }) => subject === orderId)
    .map(({ kind, outcome }) => `${kind} ${outcome}`);

async function create(orderId: string = randomUUIDv7()) {
  const { id: intentId } = contract.PaymentHandle.parse((await stage.create(orderId)).json());
  return { orderId, intentId };
}
const confirm = (intentId: string, card = "pm_card_visa") =>
  stage.stripe.paymentIntents.confirm(intentId, { payment_method: card, return_url: "https://shop.example/return" });
async function pay(card = "pm_card_visa") {
  const payment = await create();
  await confirm(payment.intentId, card);
  return payment;
}
const tell = async (intentId: string) => {
  for (const event of (await stage.eventsOf(intentId)).reverse()) await stage.webhook(event);
};
const keysOf = async (orderId: string) => (await stage.outboxOf(orderId)).map(({ routing_key }) => routing_key);
const statusOf = async (orderId: string) => (await stage.get(orderId)).json().status;
const strangeIntent = (orderId: string, more: object = {}) =>
  stage.stripe.paymentIntents.create({
    ...{ amount: 4290, currency: "eur", metadata: { orderId }, payment_method: "pm_card_visa" },
    ...{ return_url: "https://shop.example/return", ...more },
  });

describe("where nothing differs", () => {
  it("finds nothing, and leaves other people's payments out", async () => {
    const { orderId, intentId } = await pay();
    await tell(intentId);
    const before = await reconcile();
    await stage.stripe.paymentIntents.create({ amount: 100, currency: "eur" });
    await stage.stripe.paymentIntents.create({ amount: 100, currency: "chf" });
    const after = await reconcile();
    expect(after.compared).toBe(before.compared);
    expect(after.findings.filter(({ subject }) => subject === orderId)).toEqual([]);
  });

  it("is closed to everybody but operators", async () => {
    const order = createServiceTokens({ name: "order", key: "k".repeat(32) }).header();
    const reply = await stage.app.inject({
      ...{ method: "POST", url: "/internal/payments/reconciliation", headers: { "x-service-token": order } },
      payload: { dryRun: true, since: fromNow(0), until: fromNow(0) },
    });
    expect(reply.statusCode).toBe(403);
  });
});

describe("what is repaired", () => {
  it("a capture whose webhook was lost: nothing in a dry run, then once", async () => {
    const { orderId, intentId } = await pay();
    expect(await findingsAbout(orderId, { dryRun: true })).toEqual(["capture.unrecorded repairable"]);
    expect(await keysOf(orderId)).toEqual([]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    await tell(intentId);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1"]);
    const [captured] = await stage.outboxOf(orderId);
    contract.paymentCaptured.envelope.parse(captured?.envelope);
  });

  it("not a capture that is still on its way", async () => {
    const { orderId, intentId } = await create();
    const until = fromNow(-1_000);
    await confirm(intentId);
    await stage.postgres.query("UPDATE payments SET created_at = now() - interval '10 s' WHERE order_id = $1", [
      orderId,
    ]);
    expect(await findingsAbout(orderId, { until })).toEqual([]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unrecorded repaired"]);
  });

  it("a refund whose webhook was lost", async () => {
    const { orderId, intentId } = await pay();
    await tell(intentId);
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 500 });
    expect(await findingsAbout(orderId, { dryRun: true })).toEqual(["refund.unrecorded repairable"]);
    expect(await findingsAbout(orderId)).toEqual(["refund.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 500, currency: "EUR" });
  });

  it("an intent that can be paid though its order is over", async () => {
    const { orderId, intentId } = await create();
    await stage.postgres.query("UPDATE payments SET status = 'cancelled' WHERE order_id = $1", [orderId]);
    expect(await findingsAbout(orderId)).toEqual(["intent.payable repaired"]);
    expect((await stage.stripe.paymentIntents.retrieve(intentId)).status).toBe("canceled");
    expect(await findingsAbout(orderId)).toEqual([]);
  });

  it("an intent that Stripe cancelled without our hearing of it", async () => {
    const { orderId, intentId } = await create();
    await stage.stripe.paymentIntents.cancel(intentId);
    expect(await findingsAbout(orderId)).toEqual(["cancellation.unrecorded repaired"]);
    expect(await keysOf(orderId)).toEqual(["payment.cancelled.v1"]);
  });

  it("an intent that was made, not noted, and paid", async () => {
    const { orderId, intentId } = await pay();
    await stage.postgres.query(
      "UPDATE payments SET intent_id = NULL, client_secret = NULL, secret_key_id = NULL WHERE order_id = $1",
      [orderId],
    );
    expect(await findingsAbout(orderId)).toEqual(["intent.unrecorded repaired", "capture.unrecorded repaired"]);
    expect((await stage.get(orderId)).json()).toMatchObject({ status: "captured", handle: { id: intentId } });
  });

  it("a second intent of an order that could be paid beside the first", async () => {
    const { orderId } = await create();
    const { id } = await strangeIntent(orderId);
    expect(await findingsAbout(orderId)).toEqual(["intent.surplus repaired"]);
    expect((await stage.stripe.paymentIntents.retrieve(id)).status).toBe("canceled");
    expect(await statusOf(orderId)).toBe("awaiting");
  });

  it("a payment that was made before the time, when it is within the day that is looked back", async () => {
    const { orderId } = await pay();
    expect(await findingsAbout(orderId, { since: fromNow(MINUTE_MS / 2) })).toEqual([]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unrecorded repaired"]);
  });
});

describe("what a person has to look at", () => {
  it("an intent with an order of ours, but no payment", async () => {
    const orderId = randomUUIDv7();
    await strangeIntent(orderId, { confirm: true });
    expect(await findingsAbout(orderId)).toEqual(["payment.missing alert"]);
  });

  it("another amount or currency than ours", async () => {
    const { orderId, intentId } = await create();
    await stage.stripe.paymentIntents.update(intentId, { amount: 4291 });
    expect(await findingsAbout(orderId)).toEqual(["amount.differs alert"]);
    await stage.stripe.paymentIntents.update(intentId, { amount: 4290, currency: "usd" });
    expect(await findingsAbout(orderId)).toEqual(["amount.differs alert"]);
  });

  it("two captures for one order", async () => {
    const { orderId, intentId } = await pay();
    await tell(intentId);
    await strangeIntent(orderId, { confirm: true });
    expect(await findingsAbout(orderId)).toEqual(["capture.second alert"]);
  });

  it("a payment whose intent Stripe does not know", async () => {
    const { orderId } = await create();
    await stage.postgres.query("UPDATE payments SET intent_id = $2 WHERE order_id = $1", [orderId, `pi_${orderId}`]);
    expect(await findingsAbout(orderId)).toContain("intent.unknown alert");
  });

  it("a capture here of which Stripe knows nothing", async () => {
    const { orderId } = await create();
    await stage.postgres.query("UPDATE payments SET status = 'captured', captured_cents = 4290 WHERE order_id = $1", [
      orderId,
    ]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unknown alert"]);
  });

  it("a refund that failed, told as failed after it was told as done", async () => {
    const { orderId, intentId } = await pay("pm_card_refundFail");
    await tell(intentId);
    const refund = await stage.stripe.refunds.create({ payment_intent: intentId });
    await tell(intentId);
    await waitFor(async () => (await stage.stripe.refunds.retrieve(refund.id)).status === "failed");
    expect(await findingsAbout(orderId)).toEqual(["refund.failure_unrecorded repaired", "refund.failed alert"]);
    expect(await findingsAbout(orderId)).toEqual(["refund.failed alert"]);
    expect(await keysOf(orderId)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1", "payment.refund_failed.v1"],
    ]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
  });

  it("a dispute, until it is over", async () => {
    const { orderId, intentId } = await pay("pm_card_createDispute");
    await stage.webhook((await stage.eventsOf(intentId, "payment_intent.succeeded"))[0]!);
    expect(await findingsAbout(orderId)).toEqual(["dispute.unrecorded repaired", "dispute.open alert"]);
    expect(await findingsAbout(orderId)).toEqual(["dispute.open alert"]);
    const [dispute] = (await stage.stripe.disputes.list({ payment_intent: intentId })).data;
    await stage.stripe.disputes.close(dispute!.id);
    expect(await findingsAbout(orderId)).toEqual(["dispute.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    expect(await keysOf(orderId)).toEqual([...["payment.captured.v1", "payment.disputed.v1", "payment.disputed.v1"]]);
  });
});

it("reads lists that are longer than a page", async () => {
  const made = await Promise.all(Array.from({ length: 110 }, () => create()));
  const { compared, findings } = await reconcile();
  expect(compared).toBeGreaterThanOrEqual(110);
  const ids = new Set(made.map(({ orderId }) => orderId));
  expect(findings.filter(({ subject }) => ids.has(subject))).toEqual([]);
});

describe(`${contract.listPayments.method} ${contract.listPayments.path}`, () => {
  it("lists what changed in a time, oldest change first, each once over its pages", async () => {
    const since = fromNow(-1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await create()).orderId);
    // Many changes at one moment must not get lost between two pages.
    await stage.postgres.query("UPDATE payments SET changed_at = now() WHERE order_id = ANY($1)", [ids.slice(1, 4)]);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query = new URLSearchParams({ since, until: fromNow(MINUTE_MS), limit: "2", ...(cursor && { cursor }) });
      const reply = await stage.listPayments(query);
      const page = contract.listPayments.success.body.parse(reply.json());
      seen.push(...page.items.map(({ orderId }) => orderId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([ids[0], ids[4], ...ids.slice(1, 4).sort()]);
    expect((await stage.listPayments(new URLSearchParams({ since, until: since, cursor: "x" }))).statusCode).toBe(400);
  });

  it("says what was captured and refunded", async () => {
    const since = fromNow(-1);
    const { orderId, intentId } = await pay();
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 90 });
    await tell(intentId);
    const reply = await stage.listPayments(new URLSearchParams({ since, until: fromNow(MINUTE_MS) }));
    expect(reply.json().items).toEqual([
      expect.objectContaining({
        ...{ orderId, status: "captured", amount: { amount: 4290, currency: "EUR" } },
        ...{ captured: { amount: 4290, currency: "EUR" }, refunded: { amount: 90, currency: "EUR" } },
      }),
    ]);
  });
});

describe("failures that Stripe stores", () => {
  /** Where the first failure took long, the next attempt is left to whoever asks again. */
  const createInTheEnd = async (orderId: string = randomUUIDv7()) => {
    await waitFor(async () => (await stage.create(orderId)).statusCode === 200, { timeoutMs: 25_000 });
    return create(orderId);
  };
  const failing = (path: string, when: "before" | "after", times = 1) =>
    stage.sandbox.faults.add({ target: "stripe", kind: "storedStatus", match: { method: "POST", path }, when, times });
  const intentsOf = async (orderId: string) =>
    (await stage.stripe.paymentIntents.list({ limit: 100 })).data.filter(
      ({ metadata }) => metadata.orderId === orderId,
    );

  it.each(["before", "after"] as const)(
    "%s an intent was made do not stand in the way of one, and make one",
    async (when) => {
      failing("payment_intents$", when);
      const { orderId, intentId } = await createInTheEnd();
      expect((await intentsOf(orderId)).map(({ id }) => id)).toEqual([intentId]);
    },
  );

  it("again and again end with one intent, however many ask at once", async () => {
    const orderId = randomUUIDv7();
    failing("payment_intents$", "before", 3);
    const replies = await Promise.all(Array.from({ length: 5 }, () => stage.create(orderId)));
    for (const { statusCode } of replies) expect([200, 503]).toContain(statusCode);
    const { intentId } = await createInTheEnd(orderId);
    expect((await intentsOf(orderId)).map(({ id, status }) => [id, status])).toEqual([
      [intentId, "requires_payment_method"],
    ]);
  });

  it.each(["before", "after"] as const)("%s a refund was made lead to one refund", async (when) => {
    const { orderId, intentId } = await pay();
    await tell(intentId);
    failing("refunds$", when);
    const refund = stage.consumers.find(({ name }) => name === "refund-payment")!;
    const request = orderRefundRequested.envelope.parse({
      ...{ id: randomUUIDv7(), name: "order.refund_requested", version: 1, aggregateId: orderId },
      occurredAt: new Date().toISOString(),
      payload: { orderId, refundId: randomUUIDv7(), amount: { amount: 1000, currency: "EUR" }, reason: "shopper" },
    }) as never;
    await expect(refund.handle(request)).rejects.toMatchObject({ unavailable: true });
    for (let i = 0; i < 2; i++) await refund.handle(request);
    const { data } = await stage.stripe.refunds.list({ payment_intent: intentId });
    expect(data.map(({ amount }) => amount)).toEqual([1000]);
    expect(await keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
  });

  it("do not stand in the way of a cancellation", async () => {
    const { orderId, intentId } = await create();
    failing("cancel$", "before");
    await expect(stage.useCases.cancelPayment(orderId)).rejects.toMatchObject({ unavailable: true });
    await stage.useCases.cancelPayment(orderId);
    expect((await stage.stripe.paymentIntents.retrieve(intentId)).status).toBe("canceled");
  });
});
