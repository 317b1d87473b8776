import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/payment";
import { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./payment-stage.ts";
import { createStory, type Story } from "./payment-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

const MINUTE_MS = 60_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const begun = fromNow(-1_000);
const operations = createServiceTokens({ name: "operations", key: "k".repeat(32) }).header();

/** By default a time in which everything of these tests was made, and nothing is still under way. */
async function reconcile({ dryRun = false, since = begun, until = fromNow(MINUTE_MS) } = {}) {
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

const strangeIntent = (orderId: string, more: object = {}) =>
  stage.stripe.paymentIntents.create({
    ...{ amount: 4290, currency: "eur", metadata: { orderId }, payment_method: "pm_card_visa" },
    ...{ return_url: "https://shop.example/return", ...more },
  });

describe("where nothing differs", () => {
  it("finds nothing, and leaves other people's payments out", async () => {
    const { orderId, intentId } = await story.pay();
    await story.tell(intentId);
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
    const { orderId, intentId } = await story.pay();
    expect(await findingsAbout(orderId, { dryRun: true })).toEqual(["capture.unrecorded repairable"]);
    expect(await story.keysOf(orderId)).toEqual([]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    await story.tell(intentId);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1"]);
    const [captured] = await stage.outboxOf(orderId);
    contract.paymentCaptured.envelope.parse(captured?.envelope);
  });

  it("not a capture that is still on its way", async () => {
    const { orderId, intentId } = await story.create();
    const until = fromNow(-1_000);
    await story.confirm(intentId);
    await stage.postgres.query("UPDATE payments SET created_at = now() - interval '10 s' WHERE order_id = $1", [
      orderId,
    ]);
    expect(await findingsAbout(orderId, { until })).toEqual([]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unrecorded repaired"]);
  });

  it("a refund whose webhook was lost", async () => {
    const { orderId, intentId } = await story.pay();
    await story.tell(intentId);
    await stage.stripe.refunds.create({ payment_intent: intentId, amount: 500 });
    expect(await findingsAbout(orderId, { dryRun: true })).toEqual(["refund.unrecorded repairable"]);
    expect(await findingsAbout(orderId)).toEqual(["refund.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    expect(await story.keysOf(orderId)).toEqual(["payment.captured.v1", "payment.refunded.v1"]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 500, currency: "EUR" });
  });

  it("an intent that can be paid though its order is over", async () => {
    const { orderId, intentId } = await story.create();
    await stage.postgres.query("UPDATE payments SET status = 'cancelled' WHERE order_id = $1", [orderId]);
    expect(await findingsAbout(orderId)).toEqual(["intent.payable repaired"]);
    expect((await stage.stripe.paymentIntents.retrieve(intentId)).status).toBe("canceled");
    expect(await findingsAbout(orderId)).toEqual([]);
  });

  it("an intent that Stripe cancelled without our hearing of it", async () => {
    const { orderId, intentId } = await story.create();
    await stage.stripe.paymentIntents.cancel(intentId);
    expect(await findingsAbout(orderId)).toEqual(["cancellation.unrecorded repaired"]);
    expect(await story.keysOf(orderId)).toEqual(["payment.cancelled.v1"]);
  });

  it("an intent that was made, not noted, and paid", async () => {
    const { orderId, intentId } = await story.pay();
    await stage.postgres.query(
      "UPDATE payments SET intent_id = NULL, client_secret = NULL, secret_key_id = NULL WHERE order_id = $1",
      [orderId],
    );
    expect(await findingsAbout(orderId)).toEqual(["intent.unrecorded repaired", "capture.unrecorded repaired"]);
    expect(await story.statusOf(orderId)).toBe("captured");
    expect((await stage.create(orderId)).json()).toMatchObject({ id: intentId });
  });

  it("a second intent of an order that could be paid beside the first", async () => {
    const { orderId } = await story.create();
    const { id } = await strangeIntent(orderId);
    expect(await findingsAbout(orderId)).toEqual(["intent.surplus repaired"]);
    expect((await stage.stripe.paymentIntents.retrieve(id)).status).toBe("canceled");
    expect(await story.statusOf(orderId)).toBe("awaiting");
  });

  it("a payment that was made before the time, when it is within the day that is looked back", async () => {
    const { orderId } = await story.pay();
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
    const { orderId, intentId } = await story.create();
    await stage.stripe.paymentIntents.update(intentId, { amount: 4291 });
    expect(await findingsAbout(orderId)).toEqual(["amount.differs alert"]);
    await stage.stripe.paymentIntents.update(intentId, { amount: 4290, currency: "usd" });
    expect(await findingsAbout(orderId)).toEqual(["amount.differs alert"]);
  });

  it("an intent in a currency that the shop does not have, which keeps no other from being compared", async () => {
    const [strange, lost] = [await story.create(), await story.pay()];
    await stage.stripe.paymentIntents.update(strange.intentId, { currency: "chf" });
    const { findings } = await reconcile();
    const about = (orderId: string) => findings.filter(({ subject }) => subject === orderId).map(({ kind }) => kind);
    expect([about(strange.orderId), about(lost.orderId)]).toEqual([["intent.unreadable"], ["capture.unrecorded"]]);
  });

  it("two captures for one order", async () => {
    const { orderId, intentId } = await story.pay();
    await story.tell(intentId);
    await strangeIntent(orderId, { confirm: true });
    expect(await findingsAbout(orderId)).toEqual(["capture.second alert"]);
  });

  it("a payment whose intent Stripe does not know", async () => {
    const { orderId } = await story.create();
    await stage.postgres.query("UPDATE payments SET intent_id = $2 WHERE order_id = $1", [orderId, `pi_${orderId}`]);
    expect(await findingsAbout(orderId)).toContain("intent.unknown alert");
  });

  it("a capture here of which Stripe knows nothing", async () => {
    const { orderId } = await story.create();
    await stage.postgres.query("UPDATE payments SET status = 'captured', captured_cents = 4290 WHERE order_id = $1", [
      orderId,
    ]);
    expect(await findingsAbout(orderId)).toEqual(["capture.unknown alert"]);
  });

  it("a refund that failed, told as failed after it was told as done", async () => {
    const { orderId, intentId } = await story.pay("pm_card_refundFail");
    await story.tell(intentId);
    const refund = await stage.stripe.refunds.create({ payment_intent: intentId });
    await story.tell(intentId);
    await waitFor(async () => (await stage.stripe.refunds.retrieve(refund.id)).status === "failed");
    expect(await findingsAbout(orderId)).toEqual(["refund.failure_unrecorded repaired", "refund.failed alert"]);
    expect(await findingsAbout(orderId)).toEqual(["refund.failed alert"]);
    expect(await story.keysOf(orderId)).toEqual([
      ...["payment.captured.v1", "payment.refunded.v1", "payment.refund_failed.v1"],
    ]);
    expect((await stage.get(orderId)).json().refunded).toEqual({ amount: 0, currency: "EUR" });
  });

  it("a refund that cannot be written down, which keeps no other from it", async () => {
    const [broken, sound] = [await story.pay(), await story.pay()];
    for (const { intentId } of [broken, sound]) {
      await story.tell(intentId);
      await stage.stripe.refunds.create({ payment_intent: intentId });
    }
    await stage.postgres.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    );
    await stage.postgres.query(
      `CREATE TRIGGER refuse BEFORE INSERT ON refunds FOR EACH ROW WHEN (NEW.order_id = '${broken.orderId}')
       EXECUTE FUNCTION refuse()`,
    );
    const { findings } = await reconcile();
    const about = (orderId: string) => findings.flatMap((each) => (each.subject === orderId ? [each.outcome] : []));
    expect([about(broken.orderId), about(sound.orderId)]).toEqual([["alert"], ["repaired"]]);
    await stage.postgres.query("DROP TRIGGER refuse ON refunds");
    expect(await findingsAbout(broken.orderId)).toEqual(["refund.unrecorded repaired"]);
  });

  it("a dispute, until it is over", async () => {
    const { orderId, intentId } = await story.pay("pm_card_createDispute");
    await stage.webhook((await stage.eventsOf(intentId, "payment_intent.succeeded"))[0]!);
    expect(await findingsAbout(orderId)).toEqual(["dispute.unrecorded repaired", "dispute.open alert"]);
    expect(await findingsAbout(orderId)).toEqual(["dispute.open alert"]);
    const [dispute] = (await stage.stripe.disputes.list({ payment_intent: intentId })).data;
    await stage.stripe.disputes.close(dispute!.id);
    expect(await findingsAbout(orderId)).toEqual(["dispute.unrecorded repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    expect(await story.keysOf(orderId)).toEqual([
      ...["payment.captured.v1", "payment.disputed.v1", "payment.disputed.v1"],
    ]);
  });
});

it("reads lists that are longer than a page", async () => {
  // A few at a time: a shopper does not wait long for Stripe.
  const made: { orderId: string }[] = [];
  while (made.length < 110) made.push(...(await Promise.all(Array.from({ length: 5 }, () => story.create()))));
  const { compared, findings } = await reconcile();
  expect(compared).toBeGreaterThanOrEqual(110);
  const ids = new Set(made.map(({ orderId }) => orderId));
  expect(findings.filter(({ subject }) => ids.has(subject))).toEqual([]);
});
