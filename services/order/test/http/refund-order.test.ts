import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/order";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, staffMember, startStage } from "../order-stage.ts";
import { createStory, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

const cents = (amount: number, currency = "EUR") => ({ amount: { amount, currency } });
const askedFor = async (orderId: string) => (await story.refundsAskedOf(orderId)).map(({ amount }) => amount.amount);
const failedRefunds = async () =>
  Number(/^order_refunds_failed_total\S* (\d+)/m.exec(await stage.metrics.registry.metrics())?.[1]);

describe(`${contract.refundOrder.method} ${contract.refundOrder.path}`, () => {
  it("asks for a part of what was captured, and shows it as refunded once it is", async () => {
    const { id, orderToken } = await story.confirmed();
    const staff = staffMember();
    const reply = await story.refund(id, cents(1000), undefined, staff);
    expect(reply.statusCode).toBe(202);
    const view = contract.StaffOrder.parse(reply.json());
    expect(view).toMatchObject({ status: "confirmed", refunds: [], captured: { amount: 4290 } });
    expect(view.refundable).toEqual({ amount: 3290, currency: "EUR" });
    const [asked, ...others] = await story.refundsAskedOf(id);
    expect(others).toEqual([]);
    expect(asked).toEqual({ orderId: id, refundId: expect.any(String), ...cents(1000), reason: "A scratch" });
    expect(view.refundRequests).toMatchObject([
      { id: asked?.refundId, status: "requested", requestedBy: staff.userId, settledAt: null },
    ]);
    await story.refunded(id, 1000, asked!.refundId);
    const shown = await stage
      .appFor()
      .inject({ method: "GET", url: `/v1/orders/${id}`, headers: { "x-order-token": String(orderToken) } });
    expect(shown.json().refunds).toMatchObject([{ ...cents(1000), reason: "A scratch" }]);
  });

  it("takes several, never more than is left, and names what that is", async () => {
    const { id } = await story.confirmed();
    for (const part of [2000, 2000]) expect((await story.refund(id, cents(part))).statusCode).toBe(202);
    const reply = await story.refund(id, cents(291));
    expect(reply.statusCode).toBe(422);
    expect(reply.json()).toMatchObject({
      ...{ code: "refund.exceeds", refundable: { amount: 290, currency: "EUR" } },
      errors: [{ path: "amount.amount" }],
    });
    expect((await story.refund(id, cents(290))).statusCode).toBe(202);
    expect(await askedFor(id)).toEqual([2000, 2000, 290]);
  });

  it("never gives more than was captured, however many ask at once", async () => {
    const { id } = await story.confirmed();
    const replies = await Promise.all(Array.from({ length: 12 }, () => story.refund(id, cents(1000))));
    expect(replies.filter(({ statusCode }) => statusCode === 202)).toHaveLength(4);
    expect(await askedFor(id)).toEqual([1000, 1000, 1000, 1000]);
  });

  it("leaves a cancellation exactly the rest, in whatever order the two come", async () => {
    for (let i = 0; i < 8; i++) {
      const { id, orderToken } = await story.confirmed();
      const [refund, cancelled] = await Promise.all([story.refund(id, cents(1500)), story.cancel(id, orderToken)]);
      expect(cancelled.statusCode).toBe(200);
      expect(await askedFor(id)).toEqual(refund.statusCode === 202 ? [1500, 2790] : [4290]);
    }
  });

  it("happens once for a key, also when a crash kept the answer", async () => {
    const { id } = await story.confirmed();
    const [key, staff] = [randomUUIDv7(), staffMember()];
    const replies = await Promise.all(Array.from({ length: 5 }, () => story.refund(id, cents(900), key, staff)));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    await stage.postgres.query(
      "UPDATE idempotency_keys SET status = NULL, answer = NULL, locked_until = now() - interval '1 s' WHERE key = $1",
      [key],
    );
    expect((await story.refund(id, cents(900), key, staff)).statusCode).toBe(202);
    expect(await askedFor(id)).toEqual([900]);
  });

  it("works after shipping, and counts what went back at the provider", async () => {
    const { id } = await story.confirmed();
    await story.ship(id);
    await story.refunded(id, 4000, null);
    expect((await story.refund(id, cents(291))).json().code).toBe("refund.exceeds");
    expect((await story.refund(id, cents(290))).json()).toMatchObject({ status: "shipped" });
  });

  it("is refused in another currency, for nothing captured, for nothing, for an order that is not there", async () => {
    const { id } = await story.confirmed();
    const foreign = await story.refund(id, cents(100, "USD"));
    expect([foreign.statusCode, foreign.json().code]).toEqual([422, "refund.currency"]);
    const { order } = await story.place();
    const unpaid = await story.refund(order.id, cents(100));
    expect([unpaid.statusCode, unpaid.json().code]).toEqual([409, "refund.nothing_captured"]);
    expect((await story.refund(id, cents(0))).statusCode).toBe(400);
    expect((await story.refund(id, { ...cents(1), reason: " " })).statusCode).toBe(400);
    expect((await story.refund(randomUUIDv7(), cents(1))).statusCode).toBe(404);
    expect((await story.refund(id, cents(1), undefined, staffMember("orders.read"))).statusCode).toBe(403);
    expect([...(await askedFor(id)), ...(await askedFor(order.id))]).toEqual([]);
  });
});

describe("a refund that fails", () => {
  it("counts no more, raises an alarm once, and may be tried again", async () => {
    const { id } = await story.confirmed();
    await story.refund(id, cents(4290));
    const [asked] = await story.refundsAskedOf(id);
    expect((await story.refund(id, cents(1))).json().code).toBe("refund.exceeds");
    const before = await failedRefunds();
    await story.refundFailed(id, 4290, asked!.refundId);
    expect((await failedRefunds()) - before).toBe(1);
    const view = contract.StaffOrder.parse((await story.staffView(id)).json());
    expect(view.refundable.amount).toBe(4290);
    expect(view.refundRequests).toMatchObject([{ status: "failed", failure: "expired_or_canceled_card" }]);
    expect((await story.refund(id, cents(4290))).statusCode).toBe(202);
    expect(await askedFor(id)).toEqual([4290, 4290]);
  });

  it("is shown to the shopper until it is asked for again, by whom it may be, and again when that fails", async () => {
    const { id, orderToken } = await story.confirmed();
    const shown = async () =>
      contract.Order.parse(
        (
          await stage
            .appFor()
            .inject({ method: "GET", url: `/v1/orders/${id}`, headers: { "x-order-token": String(orderToken) } })
        ).json(),
      ).undeliveredRefunds;
    await story.refund(id, cents(1000));
    const [first] = await story.refundsAskedOf(id);
    await story.refunded(id, 1000, first!.refundId, `re_1_${id}`);
    expect(await shown()).toBeUndefined();
    await story.refundFailed(id, 1000, first!.refundId, `re_1_${id}`);
    expect(await shown()).toEqual([{ ...cents(1000), at: expect.any(String) }]);
    expect((await story.refund(id, cents(1000))).statusCode).toBe(202);
    expect(await shown()).toBeUndefined();
    const [, second] = await story.refundsAskedOf(id);
    await story.refundFailed(id, 1000, second!.refundId, `re_2_${id}`);
    expect(await shown()).toMatchObject([cents(1000)]);
    expect((await story.refund(id, cents(4290))).statusCode).toBe(202);
  });

  it("of a cancelled order can be asked for again", async () => {
    const { id, orderToken } = await story.confirmed();
    await story.cancel(id, orderToken);
    const [asked] = await story.refundsAskedOf(id);
    await story.refundFailed(id, 4290, asked!.refundId, "re_1");
    expect((await story.refund(id, cents(4290))).json()).toMatchObject({
      ...{ status: "cancelled", refundable: { amount: 0 } },
    });
  });

  it.each([
    ["after it was reported as refunded", ["refunded", "failed"]],
    ["before the report that it was refunded comes in", ["failed", "refunded"]],
  ])("%s, is not shown as refunded", async (_, order) => {
    for (const isOurs of [true, false]) {
      const { id } = await story.confirmed();
      if (isOurs) await story.refund(id, cents(700));
      const refundId = (await story.refundsAskedOf(id))[0]?.refundId ?? null;
      const providerRefundId = `re_${id}`;
      for (const step of order)
        if (step === "refunded") await story.refunded(id, 700, refundId, providerRefundId);
        else await story.refundFailed(id, 700, refundId, providerRefundId);
      const view = contract.StaffOrder.parse((await story.staffView(id)).json());
      expect(view).toMatchObject({ refunds: [], refundable: { amount: 4290 }, refundRequests: [{ status: "failed" }] });
      expect(view.refundRequests).toHaveLength(1);
    }
  });
});
