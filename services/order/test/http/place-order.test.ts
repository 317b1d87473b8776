import { randomUUIDv7 } from "node:crypto";
import { CallUnreachable } from "@tradepost/api-client/call-error";
import * as contract from "@tradepost/contracts/order";
import { createPayment } from "@tradepost/contracts/payment";
import { holdStock } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { address, variant } from "../order-fixtures.ts";
import { type Stage, shopper, startStage } from "../order-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

let cartId: string;
beforeEach(() => {
  cartId = randomUUIDv7();
  Object.assign(stage.neighbours, {
    variants: [variant("MUG-BLUE", 1900)],
    cart: { id: cartId, lines: [{ sku: "MUG-BLUE", quantity: 2 }] },
    ...{ shortages: null, isPayable: true, calls: [], before: async () => {} },
  });
});

const command = {
  ...{ email: "ada@example.com", shippingAddress: address, shippingOptionId: "standard" },
  expectedTotal: { amount: 4290, currency: "EUR" },
};
const place = (body: object = command, { key = randomUUIDv7(), app = stage.appFor() } = {}) =>
  app.inject({
    ...{ method: "POST", url: "/v1/orders", payload: body },
    headers: { "idempotency-key": key, "x-cart-id": cartId },
  });
const countOrders = async () =>
  (await stage.postgres.query<{ n: number }>("SELECT count(*)::int AS n FROM orders WHERE cart_id = $1", [cartId]))
    .rows[0]?.n;
const historyOf = async (orderId: string) =>
  (
    await stage.postgres.query<{ status: string }>(
      "SELECT status FROM order_history WHERE order_id = $1 ORDER BY seq",
      [orderId],
    )
  ).rows.map(({ status }) => status);

describe(`${contract.placeOrder.method} ${contract.placeOrder.path}`, () => {
  it("holds stock, creates the payment and waits for it", async () => {
    const reply = await place();
    expect(reply.statusCode).toBe(201);
    const { order, payment, orderToken } = contract.PlacedOrder.parse(reply.json());
    expect(order).toMatchObject({ status: "awaiting_payment", total: command.expectedTotal, email: "ada@example.com" });
    expect(payment).toEqual({ id: `pi_${order.id}`, clientSecret: `pi_${order.id}_secret`, publishableKey: "pk_test" });
    expect(orderToken).toMatch(/^[\w-]{43}$/);
    expect(await historyOf(order.id)).toEqual(["placing", "awaiting_payment"]);
    expect(stage.neighbours.calls).toEqual([
      "POST /internal/carts/resolution",
      "POST /internal/variants/lookup",
      "PUT /internal/holds/:orderId",
      "PUT /internal/payments/:orderId",
    ]);
  });

  it("writes to a shopper's account when no address is given, and gives shoppers no token", async () => {
    const { email: _, ...rest } = command;
    const reply = await place(rest, { app: stage.appFor(shopper()) });
    expect(reply.json()).toMatchObject({ order: { email: "account@example.com" } });
    expect(reply.json()).not.toHaveProperty("orderToken");
    const refused = await place(rest);
    expect(refused.json()).toMatchObject({ code: "request.invalid", errors: [{ path: "body.email" }] });
  });

  it("keeps that text messages were asked for, which needs a phone", async () => {
    expect((await place()).json().order.smsUpdates).toBe(false);
    const refused = await place({ ...command, smsUpdates: true });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ code: "request.invalid", errors: [{ path: "shippingAddress.phone" }] });
    const reply = await place({
      ...{ ...command, smsUpdates: true },
      shippingAddress: { ...address, phone: "+4915112345678" },
    });
    expect(reply.statusCode).toBe(201);
    expect(reply.json().order.smsUpdates).toBe(true);
  });

  it("places one order for the same request sent 50 times at once", async () => {
    const key = randomUUIDv7();
    const replies = await Promise.all(Array.from({ length: 50 }, () => place(command, { key })));
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect(replies[0]?.statusCode).toBe(201);
    expect(await countOrders()).toBe(1);
    expect(stage.neighbours.calls.filter((call) => call.includes("holds"))).toHaveLength(1);
  });

  it("keeps nothing that lets its reader pay or see the order, and still gives a repeat the same answer", async () => {
    const key = randomUUIDv7();
    const reply = await place(command, { key });
    const { payment, orderToken } = contract.PlacedOrder.parse(reply.json());
    const { rows } = await stage.postgres.query<{ answer: object }>(
      "SELECT answer FROM idempotency_keys WHERE key = $1",
      [key],
    );
    for (const secret of [payment.clientSecret, orderToken]) expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await place(command, { key })).body).toBe(reply.body);
    stage.neighbours.isPayable = false;
    const late = await place(command, { key });
    expect([late.statusCode, late.json().code]).toEqual([409, "order.not_payable"]);
  });

  it("refuses the same key for another request", async () => {
    const key = randomUUIDv7();
    await place(command, { key });
    const reply = await place({ ...command, email: "eve@example.com" }, { key });
    expect([reply.statusCode, reply.json().code]).toEqual([422, "idempotency.mismatch"]);
  });

  it("shows the new quote when the total has changed, places nothing, and leaves the key free", async () => {
    stage.neighbours.variants = [variant("MUG-BLUE", 2000)];
    const key = randomUUIDv7();
    const reply = await place(command, { key });
    expect([reply.statusCode, reply.json().code]).toEqual([409, "quote.changed"]);
    expect(contract.Quote.parse(reply.json().quote).total).toEqual({ amount: 4490, currency: "EUR" });
    expect(await countOrders()).toBe(0);
    const again = await place({ ...command, expectedTotal: { amount: 4490, currency: "EUR" } }, { key });
    expect(again.statusCode).toBe(201);
  });

  it("rejects an order whose stock is gone, names the line, and says so again when asked again", async () => {
    stage.neighbours.shortages = [{ sku: "MUG-BLUE", requested: 2, available: 1 }];
    const key = randomUUIDv7();
    for (let i = 0; i < 2; i++) {
      const reply = await place(command, { key });
      expect([reply.statusCode, reply.json().code]).toEqual([409, "stock.insufficient"]);
      expect(reply.json().lines).toEqual([{ sku: "MUG-BLUE", requested: 2, available: 1 }]);
    }
    expect(stage.neighbours.calls.filter((call) => call.includes("holds"))).toHaveLength(1);
    expect(stage.neighbours.calls.filter((call) => call.includes("payments"))).toHaveLength(0);
  });

  it.each([
    [{ id: "0198b1c2-7f00-7000-8000-000000000001", lines: [] }, "cart.empty"],
    [null, "cart.expired"],
  ])("refuses a cart that is %o: %s", async (cart, code) => {
    stage.neighbours.cart = cart;
    const reply = await place();
    expect([reply.statusCode, reply.json().code]).toEqual([409, code]);
  });

  it("refuses a guest without a cart", async () => {
    const reply = await stage
      .appFor()
      .inject({ method: "POST", url: "/v1/orders", payload: command, headers: { "idempotency-key": randomUUIDv7() } });
    expect([reply.statusCode, reply.json().code]).toEqual([409, "cart.empty"]);
  });

  it("refuses an unknown promotion beside the field", async () => {
    const reply = await place({ ...command, promotionCodes: ["NOPE"] });
    expect(reply.statusCode).toBe(422);
    expect(reply.json()).toMatchObject({ code: "promotion.unknown", errors: [{ path: "promotionCodes.0" }] });
  });

  it.each([
    ["no key", command, {}],
    ["a price", { ...command, lines: [{ sku: "MUG-BLUE", unitPrice: 1 }] }, { "idempotency-key": "key-12345678" }],
    [
      "a negative total",
      { ...command, expectedTotal: { amount: -1, currency: "EUR" } },
      { "idempotency-key": "12345678" },
    ],
    ["a card number", { ...command, email: "4242424242424242@example.com" }, { "idempotency-key": "12345678" }],
  ])("refuses %s", async (_, payload, headers) => {
    const reply = await stage.appFor().inject({ method: "POST", url: "/v1/orders", payload, headers });
    expect(reply.statusCode).toBe(400);
  });
});

describe("a placing that is interrupted", () => {
  const unreachable = async (route: unknown) => {
    if (route === holdStock) throw new CallUnreachable("timeout", "PUT /internal/holds/:orderId");
  };

  it("answers with a problem, and goes on with the same order when the shopper tries again", async () => {
    const key = randomUUIDv7();
    stage.neighbours.before = unreachable;
    const failed = await place(command, { key });
    expect(failed.statusCode).toBeGreaterThanOrEqual(500);
    stage.neighbours.before = async () => {};
    const reply = await place(command, { key });
    expect(reply.statusCode).toBe(201);
    expect(await countOrders()).toBe(1);
    expect(await historyOf(reply.json().order.id)).toEqual(["placing", "awaiting_payment"]);
  });

  it("is continued by the sweeper when nobody tries again", async () => {
    stage.neighbours.before = async (route) => {
      if (route === createPayment) throw new CallUnreachable("network", "PUT /internal/payments/:orderId");
    };
    await place();
    stage.neighbours.before = async () => {};
    await stage.postgres.query("UPDATE orders SET changed_at = now() - interval '1 minute' WHERE cart_id = $1", [
      cartId,
    ]);
    expect((await stage.useCases.sweepOrders()).resumed).toBeGreaterThanOrEqual(1);
    const { rows } = await stage.postgres.query("SELECT status FROM orders WHERE cart_id = $1", [cartId]);
    expect(rows).toEqual([{ status: "awaiting_payment" }]);
  });

  it("keeps its key once there is an order, whatever goes wrong with it: a repeat places no second one", async () => {
    const key = randomUUIDv7();
    stage.neighbours.before = async (route) => {
      if (route === holdStock) throw new AppError(409, "order.illegal_move", "An order cannot move like that");
    };
    const refused = await place(command, { key });
    expect([refused.statusCode, refused.json().code]).toEqual([409, "order.illegal_move"]);
    stage.neighbours.before = async () => {};
    expect((await place(command, { key })).json().code).toBe("order.illegal_move");
    expect(await countOrders()).toBe(1);
  });

  it("that is refused before there is an order leaves none, and its key to another try", async () => {
    const key = randomUUIDv7();
    stage.neighbours.cart = null;
    expect((await place(command, { key })).json().code).toBe("cart.expired");
    expect(await countOrders()).toBe(0);
    stage.neighbours.cart = { id: cartId, lines: [{ sku: "MUG-BLUE", quantity: 2 }] };
    const replies = await Promise.all(Array.from({ length: 5 }, () => place(command, { key })));
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(await countOrders()).toBe(1);
  });

  it("ends when the payment service says that the order is over for it, and releases its stock", async () => {
    stage.neighbours.isPayable = false;
    const key = randomUUIDv7();
    for (let i = 0; i < 2; i++) {
      const reply = await place(command, { key });
      expect([reply.statusCode, reply.json().code]).toEqual([409, "order.not_payable"]);
    }
    const { rows } = await stage.postgres.query<{ id: string; status: string }>(
      "SELECT id, status FROM orders WHERE cart_id = $1",
      [cartId],
    );
    expect(rows.map(({ status }) => status)).toEqual(["cancelled"]);
    expect(await historyOf(String(rows[0]?.id))).toEqual(["placing", "cancelled"]);
    const events = await stage.postgres.query<{ routing_key: string }>(
      "SELECT routing_key FROM outbox WHERE aggregate_id = $1",
      [rows[0]?.id],
    );
    expect(events.rows).toEqual([{ routing_key: "order.cancelled.v1" }]);
  });
});
