import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/order";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { savePromotion } from "../../src/storage/promotion-repository.ts";
import { address } from "../order-fixtures.ts";
import { type Stage, shopper, startStage } from "../order-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const place = async (identity?: Parameters<Stage["appFor"]>[0]) => {
  const reply = await stage.appFor(identity).inject({
    ...{ method: "POST", url: "/v1/orders" },
    headers: { "idempotency-key": randomUUIDv7(), "x-cart-id": randomUUIDv7() },
    payload: {
      ...{ email: "ada@example.com", shippingAddress: address, shippingOptionId: "standard" },
      expectedTotal: { amount: 4290, currency: "EUR" },
    },
  });
  return contract.PlacedOrder.parse(reply.json());
};
const get = (url: string, identity?: Parameters<Stage["appFor"]>[0], headers: Record<string, string> = {}) =>
  stage.appFor(identity).inject({ method: "GET", url, headers });

describe(`${contract.getOrder.method} ${contract.getOrder.path}`, () => {
  it("shows an order to its shopper or to the holder of its token, and to nobody else", async () => {
    const owner = shopper();
    const { order } = await place(owner);
    const guest = await place();
    const token = { "x-order-token": String(guest.orderToken) };
    expect((await get(`/v1/orders/${order.id}`, owner)).statusCode).toBe(200);
    expect((await get(`/v1/orders/${guest.order.id}`, undefined, token)).json()).toEqual(guest.order);
    for (const reply of [
      await get(`/v1/orders/${order.id}`, shopper()),
      await get(`/v1/orders/${order.id}`),
      await get(`/v1/orders/${order.id}`, undefined, token),
      await get(`/v1/orders/${guest.order.id}`),
      await get(`/v1/orders/${randomUUIDv7()}`, owner),
    ])
      expect([reply.statusCode, reply.json().code]).toEqual([404, "order.not_found"]);
  });
});

describe(`${contract.getOrderPayment.method} ${contract.getOrderPayment.path}`, () => {
  it("lets a shopper come back and pay", async () => {
    const owner = shopper();
    const { order, payment } = await place(owner);
    expect((await get(`/v1/orders/${order.id}/payment`, owner)).json()).toEqual(payment);
    expect((await get(`/v1/orders/${order.id}/payment`, shopper())).statusCode).toBe(404);
  });
});

describe(`${contract.listOrders.method} ${contract.listOrders.path}`, () => {
  it("pages through the shopper's own orders, newest first", async () => {
    const owner = shopper();
    const placed: string[] = [];
    for (let i = 0; i < 3; i++) placed.unshift((await place(owner)).order.id);
    await place(shopper());
    const first = (await get("/v1/orders?limit=2", owner)).json();
    const second = (await get(`/v1/orders?limit=2&cursor=${first.nextCursor}`, owner)).json();
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(placed);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ itemCount: 2, total: { amount: 4290 }, status: "awaiting_payment" });
  });

  it("needs a shopper, and a cursor of its own", async () => {
    expect((await get("/v1/orders")).statusCode).toBe(401);
    expect((await get("/v1/orders?cursor=nonsense", shopper())).json()).toMatchObject({ code: "request.invalid" });
  });
});

describe(`${contract.createQuote.method} ${contract.createQuote.path}`, () => {
  const quote = (payload: object) =>
    stage.appFor().inject({ method: "POST", url: "/v1/quotes", payload, headers: { "x-cart-id": randomUUIDv7() } });

  it("prices the cart for the shop's home without an address, and for the address given", async () => {
    expect(contract.Quote.parse((await quote({})).json()).total.amount).toBe(4290);
    expect((await quote({ shippingAddress: { ...address, country: "US" } })).json().total.amount).toBe(6290);
  });

  it("takes promotions off", async () => {
    await savePromotion(stage.postgres, {
      ...{ code: "WELCOME10", title: { en: "10 % off", de: "10 % Rabatt" } },
      ...{ percentBps: 1000, amountOff: null, minimum: {} },
    });
    const { discounts, total } = (await quote({ promotionCodes: [" welcome10 "] })).json();
    expect(discounts).toEqual([{ code: "WELCOME10", title: "10 % off", amount: { amount: 380, currency: "EUR" } }]);
    expect(total.amount).toBe(3910);
  });
});

describe(`${contract.getOrderState.method} ${contract.getOrderState.path}`, () => {
  it("tells sweepers whether an order is over", async () => {
    const { order } = await place();
    const ask = (name: "product" | "cart") =>
      get(`/internal/orders/${order.id}/state`, undefined, { "x-service-token": stage.tokenOf(name) });
    expect((await ask("product")).json()).toEqual({ orderId: order.id, status: "awaiting_payment", over: false });
    expect((await ask("cart")).statusCode).toBe(403);
  });
});
