import { randomInt, randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import {
  createQuote,
  getStaffOrder,
  placeOrder,
  recordDelivery,
  refundOrder,
  shipOrder,
} from "@tradepost/contracts/order";
import { waitFor } from "@tradepost/testing/wait-for";
import { describe, expect, inject, it } from "vitest";
import { ADDRESS, awaitStatus, pickVariant, putIntoCart, readOrder } from "../src/purchase.ts";
import { awaitMessage, confirmPayment, messagesTo } from "../src/sandbox.ts";
import { newSupporter } from "../src/supporter.ts";
import { newVisitor } from "../src/visitor.ts";

const { url, sandboxUrl, databaseUrls } = inject("shop");

/** A paid order of somebody who wants text messages. */
async function buy(skip: number, card = "pm_card_visa") {
  const visitor = newVisitor(url);
  const [email, phone] = [`ada.${randomUUID()}@example.com`, `+4915${randomInt(1e9, 1e10 - 1)}`];
  const pick = await pickVariant(visitor, 5, skip);
  await putIntoCart(visitor, pick.variant.sku, 1);
  const shippingAddress = { ...ADDRESS, phone };
  const quote = await visitor.call(createQuote, { query: {}, body: { shippingAddress } });
  const placed = await visitor.call(placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      ...{ email, shippingAddress, smsUpdates: true },
      ...{ shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
    },
  });
  await confirmPayment(sandboxUrl, placed.payment, card);
  await awaitStatus(visitor, placed, "confirmed");
  return { visitor, placed, email, phone };
}

const awaitTexts = (phone: string, count: number) =>
  waitFor(
    async () => {
      const texts = (await messagesTo(sandboxUrl, phone)).filter(({ channel }) => channel === "sms");
      return texts.length >= count ? texts.map(({ text }) => text) : undefined;
    },
    { timeoutMs: 60_000, intervalMs: 100, what: `${count} text messages` },
  );

describe("after a purchase", () => {
  it("staff ship the order, give a part of the money back, and the shopper is told by mail and text", async () => {
    const { visitor, placed, email, phone } = await buy(16);
    const staff = await newSupporter(url, databaseUrls.user);
    const params = { orderId: placed.order.id };
    const parcel = { carrier: "ups", trackingNumber: "1Z999AA10123456784" } as const;
    const shipped = await staff.call(shipOrder, { params, body: parcel, idempotencyKey: randomUUID() });
    expect(shipped).toMatchObject({ status: "shipped", captured: placed.order.total, shipments: [parcel] });
    expect((await readOrder(visitor, placed)).shipments).toMatchObject([parcel]);
    const mail = await awaitMessage(sandboxUrl, email, /is on its way/);
    expect(mail.text).toContain("https://www.ups.com/track?tracknum=1Z999AA10123456784");

    const amount = { amount: 100, currency: placed.order.total.currency };
    const body = { amount, reason: "A scratch" };
    await staff.call(refundOrder, { params, body, idempotencyKey: randomUUID() });
    await awaitMessage(sandboxUrl, email, /refunded .*1\.00/);
    expect((await readOrder(visitor, placed)).refunds).toMatchObject([body]);

    await staff.call(recordDelivery, { params, idempotencyKey: randomUUID() });
    const view = await staff.call(getStaffOrder, { params });
    expect(view).toMatchObject({ status: "delivered", refundRequests: [{ amount, status: "refunded" }] });
    expect(view.refundable.amount).toBe(placed.order.total.amount - 100);

    const texts = await awaitTexts(phone, 3);
    for (const part of ["is confirmed", "on its way with UPS", "a refund for your order"])
      expect(texts.filter((text) => text.includes(part) && text.includes(placed.order.number))).toHaveLength(1);
    expect(texts).toHaveLength(3);
  });

  it("a refund that the shopper's bank sends back is told by mail, shown, and may be asked for again", async () => {
    const { visitor, placed, email } = await buy(18, "pm_card_refundFail");
    const staff = await newSupporter(url, databaseUrls.user);
    const params = { orderId: placed.order.id };
    const body = { amount: { amount: 100, currency: placed.order.total.currency }, reason: "A scratch" };
    await staff.call(refundOrder, { params, body, idempotencyKey: randomUUID() });
    await awaitMessage(sandboxUrl, email, /refund of .*1\.00 .* could not be delivered/);
    const order = await waitFor(
      async () => {
        const seen = await readOrder(visitor, placed);
        return seen.undeliveredRefunds ? seen : undefined;
      },
      { timeoutMs: 30_000, what: "the order to show it" },
    );
    expect(order).toMatchObject({ refunds: [], undeliveredRefunds: [{ amount: body.amount }] });
    await staff.call(refundOrder, { params, body, idempotencyKey: randomUUID() });
  });

  it("nobody else ships or refunds", async () => {
    const { visitor, placed } = await buy(17);
    const call = { params: { orderId: placed.order.id }, idempotencyKey: randomUUID() };
    const body = { carrier: "dhl", trackingNumber: "JJD1" } as const;
    const refused = await visitor.call(shipOrder, { ...call, body }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CallFailed);
    expect(refused).toMatchObject({ status: 401 });
  });
});
