import { randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import { cancelOrder, getOrderPayment, listOrders } from "@tradepost/contracts/order";
import { listProducts } from "@tradepost/contracts/product";
import { registerUser } from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import { describe, expect, inject, it } from "vitest";
import {
  ADDRESS,
  availableOf,
  awaitStatus,
  checkOut,
  pickVariant,
  putIntoCart,
  readCart,
  readOrder,
} from "../src/purchase.ts";
import { awaitMessage, confirmPayment, messagesTo } from "../src/sandbox.ts";
import { newVisitor, type Visitor } from "../src/visitor.ts";

const { url, sandboxUrl } = inject("shop");
/** The gateway counts how often somebody looks: seldom enough for the requests of a minute, and into the next one. */
const PATIENCE = { timeoutMs: 90_000, intervalMs: 500 };

const newEmail = () => `ada.${randomUUID()}@example.com`;
async function newShopper(): Promise<{ visitor: Visitor; email: string }> {
  const visitor = newVisitor(url);
  const email = newEmail();
  await visitor.call(registerUser, { body: { email, password: "correct horse battery", name: "Ada" } });
  return { visitor, email };
}
const refusal = async (work: Promise<unknown>): Promise<CallFailed> => {
  const error = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(CallFailed);
  return error as CallFailed;
};

describe.each([
  ["a guest", 0, async () => ({ visitor: newVisitor(url), email: newEmail(), guest: true })],
  ["a shopper", 1, async () => ({ ...(await newShopper()), guest: false })],
] as const)("the purchase of %s", (_, skip, arrive) => {
  it("goes from the list to the mail, and the stock goes down by what was bought", async () => {
    const { visitor, email, guest } = await arrive();
    // 1. Find something.
    const pick = await pickVariant(visitor, 5, skip);
    const before = await availableOf(visitor, pick);
    // 2. Put it into the cart.
    const cart = await putIntoCart(visitor, pick.variant.sku, 2);
    expect(cart.subtotal.amount).toBe(pick.variant.price.amount * 2);
    // 3. and 4. See what it costs, and place the order for exactly that.
    const placed = await checkOut(visitor, guest ? { email } : {});
    expect(placed.order).toMatchObject({ status: "awaiting_payment", total: placed.quote.total, email });
    expect(placed.orderToken === undefined).toBe(!guest);
    expect(
      await waitFor(async () => (await availableOf(visitor, pick)) === before - 2, {
        ...PATIENCE,
        what: "the stock to be held",
      }),
    ).toBe(true);
    // 5. Pay with a card, straight at Stripe.
    expect((await confirmPayment(sandboxUrl, placed.payment, "pm_card_visa")).status).toBe("succeeded");
    // 6. See it confirmed, and get the mail.
    await awaitStatus(visitor, placed, "confirmed");
    const mail = await awaitMessage(sandboxUrl, email, /confirmed/);
    expect(mail.subject).toContain(placed.order.number);
    expect(mail.text).toContain(`${url}/orders/${placed.order.id}`);
    expect(await availableOf(visitor, pick)).toBe(before - 2);
    await waitFor(async () => (await readCart(visitor)).lines.length === 0, {
      ...PATIENCE,
      what: "the cart to be empty",
    });
    // A new shopper's address is asked to be confirmed, too.
    const aboutOrder = (await messagesTo(sandboxUrl, email)).filter(({ subject }) =>
      subject.includes(placed.order.number),
    );
    expect(aboutOrder).toHaveLength(1);
    if (!guest) {
      const { items } = await visitor.call(listOrders, { query: {} });
      expect(items.map(({ id }) => id)).toEqual([placed.order.id]);
    }
  });
});

describe("a purchase that does not go smoothly", () => {
  it("lets a declined card be followed by another one, on the same order", async () => {
    const visitor = newVisitor(url);
    const pick = await pickVariant(visitor, 5, 2);
    await putIntoCart(visitor, pick.variant.sku, 1);
    const email = newEmail();
    const placed = await checkOut(visitor, { email });
    const declined = await confirmPayment(sandboxUrl, placed.payment, "pm_card_chargeDeclined");
    expect(declined.error).toMatchObject({ code: "card_declined", decline_code: "generic_decline" });
    expect((await readOrder(visitor, placed)).status).toBe("awaiting_payment");
    const headers = { "x-order-token": String(placed.orderToken) };
    const again = await visitor.call(getOrderPayment, { params: { orderId: placed.order.id } }, { headers });
    expect(again).toEqual(placed.payment);
    await confirmPayment(sandboxUrl, again, "pm_card_visa");
    await awaitStatus(visitor, placed, "confirmed");
    await awaitMessage(sandboxUrl, email, /confirmed/);
  });

  it("refuses an empty cart", async () => {
    const visitor = newVisitor(url);
    const { sku } = (await pickVariant(visitor, 1, 3)).variant;
    await putIntoCart(visitor, sku, 1);
    await putIntoCart(visitor, sku, 0);
    expect((await refusal(checkOut(visitor, { email: newEmail() }))).problem.code).toBe("cart.empty");
  });

  it("refuses what is sold out, before and after it was put into a cart", async () => {
    const [first, second] = [newVisitor(url), newVisitor(url)];
    const pick = await pickVariant(first, 1, 4);
    const all = Math.min(99, await availableOf(first, pick));
    await putIntoCart(second, pick.variant.sku, 1);
    await putIntoCart(first, pick.variant.sku, all);
    await checkOut(first, { email: newEmail() });
    const { problem, status } = await refusal(checkOut(second, { email: newEmail() }));
    expect([status, problem.code]).toEqual([409, "stock.insufficient"]);
    expect(problem.lines).toEqual([{ sku: pick.variant.sku, requested: 1, available: 0 }]);
  });

  it("shows products that are sold out as such", async () => {
    const visitor = newVisitor(url);
    const { items } = await visitor.call(listProducts, { query: { limit: 100 } });
    const soldOut = items.filter(({ available }) => available === 0);
    expect(soldOut.length).toBeGreaterThan(0);
    const inStock = await visitor.call(listProducts, { query: { limit: 100, inStock: "true" } });
    expect(inStock.items.every(({ available }) => available > 0)).toBe(true);
  });

  it("gives the same answer to the same order sent twenty times at once, and takes the money once", async () => {
    const visitor = newVisitor(url);
    const pick = await pickVariant(visitor, 5, 5);
    await putIntoCart(visitor, pick.variant.sku, 1);
    const [key, email] = [randomUUID(), newEmail()];
    const first = await checkOut(visitor, { email, key });
    const { total: expectedTotal, shippingOption } = first.order;
    const body = JSON.stringify({
      email,
      shippingAddress: ADDRESS,
      shippingOptionId: shippingOption.id,
      expectedTotal,
    });
    const headers = { "content-type": "application/json", "idempotency-key": key };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => visitor.fetch("/v1/orders", { method: "POST", headers, body })),
    );
    const answers = await Promise.all(replies.map((reply) => reply.json()));
    expect(new Set(answers.map(({ order }) => order.id))).toEqual(new Set([first.order.id]));
    await confirmPayment(sandboxUrl, first.payment, "pm_card_visa");
    await awaitStatus(visitor, first, "confirmed");
    const state = (await (await fetch(`${sandboxUrl}/sandbox/state`)).json()) as {
      charges: { metadata: { orderId?: string } }[];
    };
    expect(state.charges.filter(({ metadata }) => metadata.orderId === first.order.id)).toHaveLength(1);
  });

  it("cancels a paid order, refunds it, takes the goods back and tells the shopper", async () => {
    const { visitor, email } = await newShopper();
    const pick = await pickVariant(visitor, 5, 6);
    const before = await availableOf(visitor, pick);
    await putIntoCart(visitor, pick.variant.sku, 2);
    const placed = await checkOut(visitor);
    await confirmPayment(sandboxUrl, placed.payment, "pm_card_visa");
    await awaitStatus(visitor, placed, "confirmed");
    await visitor.call(cancelOrder, { params: { orderId: placed.order.id }, idempotencyKey: randomUUID() });
    const order = await waitFor(
      async () => {
        const read = await readOrder(visitor, placed);
        return read.refunds.length > 0 ? read : undefined;
      },
      { ...PATIENCE, what: "the refund" },
    );
    expect(order).toMatchObject({ status: "cancelled", refunds: [{ amount: placed.order.total }] });
    await awaitMessage(sandboxUrl, email, /cancelled/);
    await awaitMessage(sandboxUrl, email, /refunded/);
    await waitFor(async () => (await availableOf(visitor, pick)) === before, {
      ...PATIENCE,
      what: "the goods to be back",
    });
  });
});
