import { randomBytes, randomInt, randomUUID } from "node:crypto";
import {
  createQuote,
  type PlacedOrder,
  placeOrder,
  recordDelivery,
  refundOrder,
  shipOrder,
} from "@tradepost/contracts/order";
import { exportMe } from "@tradepost/contracts/privacy";
import { addAddress, deleteMe, getMe, registerUser, updatePreferences, verifyEmail } from "@tradepost/contracts/user";
import { stepUp } from "@tradepost/contracts/user-factors";
import { waitFor } from "@tradepost/testing/wait-for";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { awaitStatus, pickVariant, putIntoCart } from "../src/purchase.ts";
import { awaitMessage, confirmPayment, messagesTo } from "../src/sandbox.ts";
import { searchStores } from "../src/search-stores.ts";
import { newStaff, type StaffMember } from "../src/supporter.ts";
import { newVisitor, type Visitor } from "../src/visitor.ts";

/**
 * One person's whole life in the shop, their export, and their going. Name, street, phone and address are words that stand
 * nowhere else, so that every store can be searched for them.
 */
const shop = inject("shop");
/** Of letters alone: among the digits of one in a thousand there would be what passes for the number of a card. */
const mark = `kanarie${Array.from(randomBytes(24), (byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
const phone = `+4915${randomInt(1e9, 1e10 - 1)}`;
const email = `${mark}@example.com`;
const address = {
  name: `Zora ${mark}`,
  line1: `${mark}weg 1`,
  city: `${mark}stadt`,
  postalCode: "10119",
  country: "DE",
  phone,
} as const;
const words = [mark, phone];
const password = "correct horse battery";

let shopper: Visitor;
let staff: StaffMember;
let userId: string;
let delivered: PlacedOrder;
let underWay: PlacedOrder;

async function buy(skip: number): Promise<PlacedOrder> {
  const { variant } = await pickVariant(shopper, 5, skip);
  await putIntoCart(shopper, variant.sku, 1);
  const quote = await shopper.call(createQuote, { query: {}, body: { shippingAddress: address } });
  const placed = await shopper.call(placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      ...{ shippingAddress: address, smsUpdates: true },
      ...{ shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
    },
  });
  await confirmPayment(shop.sandboxUrl, placed.payment, "pm_card_visa");
  await awaitStatus(shopper, placed, "confirmed");
  return placed;
}

async function ship({ order }: PlacedOrder): Promise<void> {
  const params = { orderId: order.id };
  const body = { carrier: "dhl", trackingNumber: mark.slice(0, 20) } as const;
  await staff.call(shipOrder, { params, body, idempotencyKey: randomUUID() });
  await staff.call(recordDelivery, { params, idempotencyKey: randomUUID() });
}

beforeAll(async () => {
  shopper = newVisitor(shop.url);
  staff = await newStaff(shop.url, shop.databaseUrls.user, ["support", "warehouse"]);
  const body = { email, password, name: `Zora ${mark}` };
  userId = (await shopper.call(registerUser, { body })).user.id;
  const { text } = await awaitMessage(shop.sandboxUrl, email, /Confirm your e-mail/);
  await shopper.call(verifyEmail, { body: { token: /#token=([\w-]+)/.exec(text)?.[1] ?? "" } });
  await shopper.call(addAddress, { body: { address } });
  await shopper.call(updatePreferences, { body: { marketing: true } });
  delivered = await buy(24);
  await ship(delivered);
  const amount = { ...delivered.order.total, amount: 100 };
  const params = { orderId: delivered.order.id };
  await staff.call(refundOrder, { params, body: { amount, reason: `for ${mark}` }, idempotencyKey: randomUUID() });
  await awaitMessage(shop.sandboxUrl, email, /refunded/);
  underWay = await buy(25);
  await awaitMessage(
    shop.sandboxUrl,
    email,
    new RegExp(`confirmed.*${underWay.order.number}|${underWay.order.number}.*confirmed`),
  );
  const { variant } = await pickVariant(shopper, 5, 26);
  await putIntoCart(shopper, variant.sku, 2);
});

describe("S16: a person's data", () => {
  it("S16: are given to them whole, from every service", async () => {
    await shopper.call(stepUp, { body: { password } });
    const data = await waitFor(
      async () => {
        const exported = await shopper.call(exportMe, {});
        const wasTexted = exported.orders[1]?.messages.some(({ recipient }) => recipient === phone);
        const isBought = exported.cart.length === 1;
        return exported.staffActions.length >= 3 && wasTexted && isBought ? exported : undefined;
      },
      { timeoutMs: 90_000, intervalMs: 1_000, what: "staff's actions, a text message and the cart's emptying" },
    );
    expect(data).toMatchObject({
      account: { id: userId, email, emailVerified: true, name: `Zora ${mark}` },
      addresses: [{ address, isDefault: true }],
      preferences: { marketing: true },
      factors: { hasPassword: true, totp: null },
      cart: [{ quantity: 2 }],
    });
    expect(data.sessions).toHaveLength(1);
    const ids = [underWay, delivered].map(({ order }) => order.id);
    expect(data.orders.map(({ id }) => id)).toEqual(ids);
    expect(data.orders[1]).toMatchObject({
      ...{ email, shippingAddress: address, status: "delivered", captured: delivered.order.total },
      refundRequests: [{ amount: { amount: 100 }, status: "refunded" }],
    });
    const messages = data.orders[1]?.messages ?? [];
    expect(new Set(messages.map(({ recipient }) => recipient))).toEqual(new Set([email, phone]));
    expect(data.staffActions.map(({ subject }) => subject)).toEqual(Array(3).fill(`order:${ids[1]}`));
    expect(JSON.stringify(data)).not.toContain(staff.user.id);
  });

  it("S16: are searched for where they are: this test would find them", async () => {
    const found = await searchStores(shop, words);
    expect(found).toEqual(
      expect.arrayContaining(["order: notifications", "order: orders", "user: addresses", "user: users"]),
    );
    expect(await searchStores(shop, [userId])).toEqual(expect.arrayContaining([`cart redis: cart:user:${userId}`]));
  });

  it("S16: are gone from every store once they are erased, but what an order under way still needs", async () => {
    await shopper.call(stepUp, { body: { password } });
    await shopper.call(deleteMe, {});
    await expect(shopper.call(getMe, {})).rejects.toMatchObject({ status: 401 });
    await awaitMessage(shop.sandboxUrl, email, /Your account was deleted/);
    const kept = ["order: idempotency_keys", "order: notifications", "order: orders"];
    await awaitFound(
      (found) => found.every((place) => kept.includes(place)),
      "all but the order under way to be erased",
    );
    expect(await searchStores(shop, words)).toContain("order: orders");
    expect((await searchStores(shop, [userId])).filter((place) => place.startsWith("cart"))).toEqual([]);

    const mailsBefore = (await messagesTo(shop.sandboxUrl, email)).length;
    await ship(underWay);
    await awaitFound((found) => found.length === 0, "the last order to be anonymous");
    const view = await (await staff.fetch(`/v1/admin/orders/${underWay.order.id}`)).json();
    expect(view).toMatchObject({
      ...{ status: "delivered", userId: null, email: "erased", total: underWay.order.total },
      shippingAddress: { name: "erased", line1: "erased", country: "DE", postalCode: "10" },
    });
    expect(view.lines).toEqual(underWay.order.lines);
    // That it is on its way may still be told while it was under way; nothing comes after that.
    expect((await messagesTo(shop.sandboxUrl, email)).length - mailsBefore).toBeLessThanOrEqual(1);
  });
});

const awaitFound = (isEnough: (found: string[]) => boolean, what: string) =>
  waitFor(async () => isEnough(await searchStores(shop, words)) || undefined, {
    ...{ timeoutMs: 90_000, intervalMs: 1_000, what },
  });
