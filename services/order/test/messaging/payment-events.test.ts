import { randomUUIDv7 } from "node:crypto";
import { CallUnreachable } from "@tradepost/api-client/call-error";
import * as contract from "@tradepost/contracts/order";
import { paymentCancelled, paymentRefunded } from "@tradepost/contracts/payment";
import { stockShortfall } from "@tradepost/contracts/product";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "../order-stage.ts";
import { createStory, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

const place = () => story.place();
const statusOf = async (orderId: string) =>
  (await stage.postgres.query<{ status: string }>("SELECT status FROM orders WHERE id = $1", [orderId])).rows[0]
    ?.status;
const keysOf = async (orderId: string) => (await story.eventsOf(orderId)).map(({ routing_key }) => routing_key);

describe("payment.captured", () => {
  it("confirms the order once and says so in the same transaction", async () => {
    const { order } = await place();
    await story.captured(order.id);
    expect(await statusOf(order.id)).toBe("confirmed");
    const [event, ...others] = await story.eventsOf(order.id);
    expect(others).toEqual([]);
    expect(event?.routing_key).toBe("order.confirmed.v1");
    contract.orderConfirmed.envelope.parse(event?.envelope);
  });

  it("after the cancellation is sent back", async () => {
    const { order, orderToken } = await place();
    await story.cancel(order.id, orderToken);
    await story.captured(order.id);
    expect(await statusOf(order.id)).toBe("cancelled");
    expect(await keysOf(order.id)).toEqual(["order.cancelled.v1", "order.refund_requested.v1"]);
  });

  it("of another amount is sent back and confirms nothing", async () => {
    const { order } = await place();
    await story.captured(order.id, 1);
    expect(await statusOf(order.id)).toBe("awaiting_payment");
    expect((await story.eventsOf(order.id))[0]?.envelope.payload).toMatchObject({ amount: { amount: 1 } });
  });
});

describe("cancelling", () => {
  it("before payment releases everything", async () => {
    const { order, orderToken } = await place();
    const key = randomUUIDv7();
    const replies = [await story.cancel(order.id, orderToken, key), await story.cancel(order.id, orderToken, key)];
    for (const reply of replies) expect(reply.json()).toMatchObject({ status: "cancelled", cancelReason: "shopper" });
    expect(await keysOf(order.id)).toEqual(["order.cancelled.v1"]);
  });

  it("after payment refunds all of it", async () => {
    const { order, orderToken } = await place();
    await story.captured(order.id);
    expect((await story.cancel(order.id, orderToken)).statusCode).toBe(200);
    const [, , refund] = await story.eventsOf(order.id);
    expect(refund?.envelope.payload).toMatchObject({ amount: { amount: 4290, currency: "EUR" }, reason: "shopper" });
  });

  it.each([
    ["the rest of it", 1000, [3290]],
    ["nothing", 4290, []],
  ])("refunds %s when %i cents went back at the provider before", async (_, cents, asked) => {
    const { order, orderToken } = await place();
    await story.captured(order.id);
    await story.refunded(order.id, cents, null);
    expect((await story.cancel(order.id, orderToken)).json()).toMatchObject({ status: "cancelled" });
    const requests = (await story.eventsOf(order.id)).filter(({ routing_key }) => routing_key.includes("refund"));
    expect(requests.map(({ envelope }) => (envelope.payload.amount as { amount: number }).amount)).toEqual(asked);
  });

  it("is nobody else's business", async () => {
    const { order } = await place();
    expect((await story.cancel(order.id, "x".repeat(43))).statusCode).toBe(404);
    expect(await statusOf(order.id)).toBe("awaiting_payment");
  });

  it("happens by itself at the deadline, but not to a paid order", async () => {
    const [late, paid] = [await place(), await place()];
    await story.captured(paid.order.id);
    await stage.postgres.query("UPDATE orders SET pay_by = now() - interval '1 second'");
    await Promise.all([stage.useCases.sweepOrders(), stage.useCases.sweepOrders()]);
    expect([await statusOf(late.order.id), await statusOf(paid.order.id)]).toEqual(["cancelled", "confirmed"]);
    expect(await keysOf(late.order.id)).toEqual(["order.cancelled.v1"]);
  });
});

describe("the deadline, while events are held up", () => {
  const overdue = async () => {
    const placed = await place();
    await stage.postgres.query("UPDATE orders SET pay_by = now() - interval '1 second' WHERE id = $1", [
      placed.order.id,
    ]);
    return placed;
  };
  afterEach(() =>
    Object.assign(stage.neighbours, { paymentStatus: "awaiting", capturedCents: 4290, before: async () => {} }),
  );

  it("confirms an order that was paid in time, and takes no notice of the capture's event later", async () => {
    const { order, orderToken } = await overdue();
    stage.neighbours.paymentStatus = "captured";
    await Promise.all([stage.useCases.sweepOrders(), stage.useCases.sweepOrders()]);
    expect(await statusOf(order.id)).toBe("confirmed");
    await story.cancel(order.id, orderToken);
    await story.captured(order.id);
    expect(await keysOf(order.id)).toEqual(["order.confirmed.v1", "order.cancelled.v1", "order.refund_requested.v1"]);
  });

  it("ends an order for which another amount came in, which goes back when it is told", async () => {
    const { order } = await overdue();
    Object.assign(stage.neighbours, { paymentStatus: "captured", capturedCents: 4000 });
    await stage.useCases.sweepOrders();
    expect(await statusOf(order.id)).toBe("cancelled");
    await story.captured(order.id, 4000);
    expect((await story.refundsAskedOf(order.id)).map(({ amount }) => amount.amount)).toEqual([4000]);
  });

  it("waits while nobody can say whether an order was paid", async () => {
    const { order } = await overdue();
    stage.neighbours.before = async () => {
      throw new CallUnreachable("network", "GET /internal/payments/:orderId");
    };
    await stage.useCases.sweepOrders();
    expect(await statusOf(order.id)).toBe("awaiting_payment");
    stage.neighbours.before = async () => {};
    await stage.useCases.sweepOrders();
    expect(await statusOf(order.id)).toBe("cancelled");
  });
});

describe("other events", () => {
  it("payment.cancelled ends an order that waits", async () => {
    const { order } = await place();
    await story.deliver(paymentCancelled, { paymentId: `pi_${order.id}`, orderId: order.id });
    expect(await statusOf(order.id)).toBe("cancelled");
  });

  it("stock.shortfall cancels and refunds a paid order", async () => {
    const { order } = await place();
    await story.captured(order.id);
    await story.deliver(stockShortfall, {
      orderId: order.id,
      lines: [{ sku: "MUG-BLUE", requested: 2, available: 0 }],
    });
    expect(await statusOf(order.id)).toBe("cancelled");
    expect(await keysOf(order.id)).toEqual(["order.confirmed.v1", "order.cancelled.v1", "order.refund_requested.v1"]);
  });

  it("payment.refunded completes the refund and tells the shopper once", async () => {
    const { order, orderToken } = await place();
    await story.captured(order.id);
    await story.cancel(order.id, orderToken);
    const request = (await story.eventsOf(order.id))[2]?.envelope.payload as { refundId: string };
    await story.deliver(paymentRefunded, {
      ...{
        paymentId: `pi_${order.id}`,
        orderId: order.id,
        refundId: request.refundId,
        providerRefundId: `re_${order.id}`,
      },
      ...{ amount: { amount: 4290, currency: "EUR" }, reason: null, refundedAt: new Date().toISOString() },
    });
    const reply = await stage
      .appFor()
      .inject({ method: "GET", url: `/v1/orders/${order.id}`, headers: { "x-order-token": String(orderToken) } });
    expect(reply.json().refunds).toEqual([expect.objectContaining({ amount: { amount: 4290, currency: "EUR" } })]);
    expect(stage.mails.filter(({ subject }) => subject.includes(order.number))).toHaveLength(1);
  });
});

describe("the confirmation mail", () => {
  const confirmed = async (orderId: string) => {
    const [event] = await story.eventsOf(orderId);
    const consumer = stage.consumers.find(({ name }) => name === "mail-confirmation");
    return { handle: () => consumer!.handle(contract.orderConfirmed.envelope.parse(event?.envelope) as never) };
  };
  const mailsAbout = (number: string) => stage.mails.filter(({ subject }) => subject.includes(number));

  it("is sent once, with a link that shows the order to its guest", async () => {
    const { order, orderToken } = await place();
    await story.captured(order.id);
    const event = await confirmed(order.id);
    await event.handle();
    await event.handle();
    const [mail, ...others] = mailsAbout(order.number);
    expect(others).toEqual([]);
    expect(mail?.to).toBe("ada@example.com");
    expect(mail?.text).toContain(`https://shop.example/orders/${order.id}#token=${orderToken}`);
  });

  const crashedAgo = (orderId: string, ago: string) =>
    stage.postgres.query(
      "UPDATE notifications SET sent_at = NULL, started_at = now() - $2::interval WHERE order_id = $1",
      [orderId, ago],
    );

  it("is not sent again when a crash came between the provider's acceptance and our note of it", async () => {
    const { order } = await place();
    await story.captured(order.id);
    const event = await confirmed(order.id);
    await event.handle();
    await crashedAgo(order.id, "1 hour");
    await event.handle();
    expect(mailsAbout(order.number)).toHaveLength(1);
  });

  it("waits for an attempt that may still be running, and asks only once about one that is not", async () => {
    const { order } = await place();
    await story.captured(order.id);
    const event = await confirmed(order.id);
    await event.handle();
    await crashedAgo(order.id, "1 second");
    stage.mails.length = 0; // the provider does not list it yet
    await expect(event.handle()).rejects.toMatchObject({ unavailable: true });
    expect(mailsAbout(order.number)).toHaveLength(0);
    await crashedAgo(order.id, "1 hour");
    await Promise.allSettled(Array.from({ length: 10 }, () => event.handle()));
    expect(mailsAbout(order.number)).toHaveLength(1);
  });
});
