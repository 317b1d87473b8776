import { randomUUIDv7 } from "node:crypto";
import { CallUnreachable } from "@tradepost/api-client/call-error";
import * as contract from "@tradepost/contracts/order";
import { getPayment, type PaymentStatus } from "@tradepost/contracts/payment";
import { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Stage, startStage } from "../order-stage.ts";
import { createStory, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());
beforeEach(() => {
  Object.assign(stage.neighbours, { payments: [], paymentStatus: "awaiting", before: async () => {} });
});

const EUR = (amount: number) => ({ amount, currency: "EUR" as const });
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

const reconcile = ({ dryRun = false, until = fromNow(60_000) } = {}) =>
  stage.appFor().inject({
    ...{ method: "POST", url: "/internal/orders/reconciliation" },
    headers: { "x-service-token": stage.tokenOf("operations") },
    payload: { dryRun, since: fromNow(-3_600_000), until },
  });
async function findingsAbout(orderId: string, options?: Parameters<typeof reconcile>[0]) {
  const reply = await reconcile(options);
  expect(reply.statusCode).toBe(200);
  return ReconciliationReport.parse(reply.json())
    .findings.filter(({ subject }) => subject === orderId)
    .map(({ kind, outcome }) => `${kind} ${outcome}`);
}
const listed = (
  orderId: string,
  status: PaymentStatus,
  { captured = status === "captured" ? 4290 : 0, refunded = 0 } = {},
) => ({
  ...{ orderId, status, amount: EUR(4290), captured: EUR(captured), refunded: EUR(refunded), changedAt: fromNow(0) },
});
const listPayment = (...payment: Parameters<typeof listed>) => {
  stage.neighbours.payments = [[listed(...payment)]];
};
const statusOf = async (orderId: string) => (await story.staffView(orderId)).json().status;
const keysOf = async (orderId: string) => (await story.eventsOf(orderId)).map(({ routing_key }) => routing_key);
const age = (table: "refunds" | "orders", column: string, id: string, minutes: number) =>
  stage.postgres.query(`UPDATE ${table} SET ${column} = now() - make_interval(mins => $2) WHERE id = $1`, [
    id,
    minutes,
  ]);

describe("a payment that was captured", () => {
  it("and whose event never came confirms its order, once, and not in a dry run", async () => {
    const { order } = await story.place();
    listPayment(order.id, "captured");
    expect(await findingsAbout(order.id, { dryRun: true })).toEqual(["capture.unapplied repairable"]);
    expect(await statusOf(order.id)).toBe("awaiting_payment");
    expect(await findingsAbout(order.id)).toEqual(["capture.unapplied repaired"]);
    expect(await findingsAbout(order.id)).toEqual([]);
    await story.captured(order.id);
    expect(await statusOf(order.id)).toBe("confirmed");
    expect(await keysOf(order.id)).toEqual(["order.confirmed.v1"]);
  });

  it("for an order that is over goes back, once, also when its event comes after all", async () => {
    const { order, orderToken } = await story.place();
    await story.cancel(order.id, orderToken);
    listPayment(order.id, "captured");
    expect(await findingsAbout(order.id)).toEqual(["capture.unrefunded repaired"]);
    expect(await findingsAbout(order.id)).toEqual([]);
    await story.captured(order.id);
    expect((await story.refundsAskedOf(order.id)).map(({ amount }) => amount)).toEqual([EUR(4290)]);
  });

  it("goes back only as far as it has not yet", async () => {
    const { order, orderToken } = await story.place();
    await story.cancel(order.id, orderToken);
    await story.refunded(order.id, 290, null);
    listPayment(order.id, "captured", { refunded: 290 });
    expect(await findingsAbout(order.id)).toEqual(["capture.unrefunded repaired"]);
    expect((await story.refundsAskedOf(order.id)).map(({ amount }) => amount)).toEqual([EUR(4000)]);
  });

  it("is not sent back again and again when the refund fails: a person is told", async () => {
    const { order, orderToken } = await story.place();
    await story.cancel(order.id, orderToken);
    listPayment(order.id, "captured");
    await findingsAbout(order.id);
    const [asked] = await story.refundsAskedOf(order.id);
    await story.refundFailed(order.id, 4290, asked!.refundId);
    expect(await findingsAbout(order.id)).toEqual(["refund.failed alert"]);
    expect(await story.refundsAskedOf(order.id)).toHaveLength(1);
  });

  it("is reported when a part of it came back from the shopper's bank, also days later, until it is asked for again", async () => {
    const { id } = await story.confirmed();
    await story.refund(id, { amount: EUR(1000) });
    const [asked] = await story.refundsAskedOf(id);
    await story.refundFailed(id, 1000, asked!.refundId, `re_${id}`);
    listPayment(id, "captured");
    const failedDaysAgo = (days: number) =>
      stage.postgres.query(
        `UPDATE refunds SET requested_at = now() - make_interval(days => $2), failed_at = now() - make_interval(days => $2)
         WHERE order_id = $1 AND failed_at IS NOT NULL`,
        [id, days],
      );
    for (const options of [{}, { dryRun: true }])
      expect(await findingsAbout(id, options)).toEqual(["refund.failed alert"]);
    await failedDaysAgo(29);
    expect(await findingsAbout(id)).toEqual(["refund.failed alert"]);
    await failedDaysAgo(31);
    expect(await findingsAbout(id)).toEqual([]);
    await failedDaysAgo(1);
    await story.refund(id, { amount: EUR(1000) });
    expect(await findingsAbout(id)).toEqual([]);
  });

  it("with another amount than the order's goes back as when its event comes", async () => {
    const { order } = await story.place();
    listPayment(order.id, "captured", { captured: 4000 });
    expect(await findingsAbout(order.id)).toEqual(["capture.amount_differs repaired"]);
    expect(await findingsAbout(order.id)).toEqual([]);
    expect((await story.refundsAskedOf(order.id)).map(({ amount }) => amount)).toEqual([EUR(4000)]);
    expect(await statusOf(order.id)).toBe("awaiting_payment");
  });

  it("for an order that cannot be written is reported, and keeps no other from its turn", async () => {
    const [broken, sound] = [(await story.place()).order, (await story.place()).order];
    await stage.postgres.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`,
    );
    await stage.postgres.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON orders FOR EACH ROW WHEN (OLD.id = '${broken.id}') EXECUTE FUNCTION refuse()`,
    );
    stage.neighbours.payments = [[listed(broken.id, "captured"), listed(sound.id, "captured")]];
    expect(await findingsAbout(broken.id)).toEqual(["capture.unapplied alert"]);
    expect([await statusOf(broken.id), await statusOf(sound.id)]).toEqual(["awaiting_payment", "confirmed"]);
    await stage.postgres.query("DROP TRIGGER refuse ON orders");
    expect(await findingsAbout(broken.id)).toEqual(["capture.unapplied repaired"]);
  });

  it("of which more is to go back than came in is reported", async () => {
    const { order } = await story.place();
    await story.captured(order.id);
    await story.refunded(order.id, 5000, null);
    listPayment(order.id, "captured", { refunded: 4290 });
    expect(await findingsAbout(order.id)).toEqual(["refund.excess alert"]);
  });

  it("without an order is reported, and so is a payment of which nothing is left", async () => {
    const [paid, refunded, open] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    stage.neighbours.payments = [
      [listed(paid, "captured"), listed(refunded, "captured", { refunded: 4290 })],
      [listed(open, "awaiting")],
    ];
    const { findings, compared } = ReconciliationReport.parse((await reconcile()).json());
    expect(compared).toBeGreaterThanOrEqual(3);
    const kinds = new Map(findings.map(({ subject, kind }) => [subject, kind]));
    expect([paid, refunded, open].map((id) => kinds.get(id))).toEqual([
      ...["capture.orphaned", "payment.orphaned", "payment.orphaned"],
    ]);
  });
});

describe("an order", () => {
  it("that is confirmed without its money is reported; one whose payment is only older is not", async () => {
    const { order } = await story.place();
    await story.captured(order.id);
    expect(await findingsAbout(order.id)).toEqual(["order.unpaid alert"]);
    stage.neighbours.paymentStatus = "captured";
    expect(await findingsAbout(order.id)).toEqual([]);
  });

  it("that waits for its payment within its time is left alone", async () => {
    const { order } = await story.place();
    listPayment(order.id, "awaiting");
    expect(await findingsAbout(order.id)).toEqual([]);
  });

  it("that waits past its deadline ends, or is confirmed when it was paid", async () => {
    const [unpaid, paid] = [(await story.place()).order, (await story.place()).order];
    for (const { id } of [unpaid, paid]) await age("orders", "pay_by", id, 5);
    stage.neighbours.before = async (route) => {
      if (route === getPayment) throw new CallUnreachable("timeout", "payment");
    };
    expect((await reconcile()).statusCode).toBe(503);
    expect(await statusOf(unpaid.id)).toBe("awaiting_payment");
    stage.neighbours.before = async () => {};
    expect(await findingsAbout(unpaid.id, { dryRun: true })).toEqual(["order.overdue repairable"]);
    await stage.postgres.query("UPDATE orders SET pay_by = now() + interval '1 hour' WHERE id = $1", [paid.id]);
    expect(await findingsAbout(unpaid.id)).toEqual(["order.overdue repaired"]);
    expect(await statusOf(unpaid.id)).toBe("cancelled");
    await age("orders", "pay_by", paid.id, 5);
    stage.neighbours.paymentStatus = "captured";
    expect(await findingsAbout(paid.id)).toEqual(["order.overdue repaired"]);
    expect(await statusOf(paid.id)).toBe("confirmed");
  });
});

describe("a refund of which nothing is heard", () => {
  async function askForRefund() {
    const { order, orderToken } = await story.place();
    await story.captured(order.id);
    await story.cancel(order.id, orderToken);
    listPayment(order.id, "captured");
    const [asked] = await story.refundsAskedOf(order.id);
    return { orderId: order.id, refundId: asked!.refundId };
  }

  it("is asked for again after a while, with the same id, and at most once in that time", async () => {
    const { orderId, refundId } = await askForRefund();
    expect(await findingsAbout(orderId)).toEqual([]);
    await age("refunds", "requested_at", refundId, 16);
    expect(await findingsAbout(orderId, { dryRun: true })).toEqual(["refund.overdue repairable"]);
    expect(await findingsAbout(orderId)).toEqual(["refund.overdue repaired"]);
    expect(await findingsAbout(orderId)).toEqual([]);
    const asked = await story.refundsAskedOf(orderId);
    expect(asked.map((each) => each.refundId)).toEqual([refundId, refundId]);
    expect(asked[0]).toEqual(asked[1]);
  });

  it("is reported when that has not helped, and no more once it is settled", async () => {
    const { orderId, refundId } = await askForRefund();
    await age("refunds", "requested_at", refundId, 61);
    for (let i = 0; i < 2; i++) expect(await findingsAbout(orderId)).toEqual(["refund.overdue alert"]);
    expect(await story.refundsAskedOf(orderId)).toHaveLength(2);
    await story.refunded(orderId, 4290, refundId);
    listPayment(orderId, "captured", { refunded: 4290 });
    expect(await findingsAbout(orderId)).toEqual([]);
  });
});

describe(`${contract.listOrderStates.method} ${contract.listOrderStates.path}`, () => {
  const list = (query: Record<string, string>, caller: "product" | "cart" = "product") =>
    stage.appFor().inject({
      ...{ method: "GET", url: `/internal/orders?${new URLSearchParams(query)}` },
      headers: { "x-service-token": stage.tokenOf(caller) },
    });

  it("lists what changed in a time, oldest change first, each once over its pages", async () => {
    const since = fromNow(-1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await story.place()).order.id);
    // Many changes at one moment must not get lost between two pages.
    await stage.postgres.query("UPDATE orders SET changed_at = now() WHERE id = ANY($1)", [ids.slice(1, 4)]);
    const items: { orderId: string }[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const reply = await list({ since, until: fromNow(60_000), limit: "2", ...(cursor && { cursor }) });
      const page = contract.listOrderStates.success.body.parse(reply.json());
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(items.map(({ orderId }) => orderId)).toEqual([ids[0], ids[4], ...ids.slice(1, 4).sort()]);
    expect(items[0]).toMatchObject({
      ...{ status: "awaiting_payment", over: false, lines: [{ sku: "MUG-BLUE", quantity: 2 }] },
    });
  });

  it("says which orders are over, refuses a cursor that is not its own, and strangers", async () => {
    const since = fromNow(-1);
    const { order, orderToken } = await story.place();
    await story.cancel(order.id, orderToken);
    const { items } = (await list({ since, until: fromNow(60_000) })).json();
    expect(items).toEqual([expect.objectContaining({ orderId: order.id, status: "cancelled", over: true })]);
    expect((await list({ since, until: since, cursor: "'" })).statusCode).toBe(400);
    expect((await list({ since, until: since }, "cart")).statusCode).toBe(403);
  });
});
