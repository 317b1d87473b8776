import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/cart";
import { orderConfirmed } from "@tradepost/contracts/order";
import type { VariantDetails } from "@tradepost/contracts/product";
import type { Identity } from "@tradepost/service-runtime/identity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, startStage } from "./cart-stage.ts";

const image = { url: "/a-1200.webp", thumbnailUrl: "/a-480.webp", alt: "", width: 1200, height: 1200 };
const variant = (sku: string, cents: number, available: number): VariantDetails => ({
  ...{ sku, productId: randomUUIDv7(), slug: "a-thing", name: `Thing ${sku}`, optionsText: "Blue", image },
  ...{ unitPrice: { amount: cents, currency: "EUR" }, available, weightGrams: 100 },
});
const shelf = [variant("MUG-BLUE", 1900, 5), variant("MUG-RED", 2100, 99), variant("MUG-GONE", 1900, 0)];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage(shelf);
});
afterAll(() => stage.stop());

const shopper = (userId: string): Identity => ({
  kind: "shopper",
  userId,
  sessionId: userId,
  roles: [],
  permissions: [],
});
const put = (app: ReturnType<Stage["appFor"]>, sku: string, quantity: number, headers: Record<string, string> = {}) =>
  app.inject({ method: "PUT", url: `/v1/cart/lines/${sku}`, payload: { quantity }, headers });
const read = async (app: ReturnType<Stage["appFor"]>, headers: Record<string, string> = {}) =>
  contract.Cart.parse((await app.inject({ method: "GET", url: "/v1/cart", headers })).json());
const quantities = (cart: contract.Cart) => cart.lines.map(({ sku, quantity }) => [sku, quantity]);

/** A guest's cart with these lines; answers the header that names it. */
async function fill(app: ReturnType<Stage["appFor"]>, lines: [string, number][]) {
  const headers: Record<string, string> = {};
  for (const [sku, quantity] of lines) {
    const reply = await put(app, sku, quantity, headers);
    headers["x-cart-id"] ??= String(reply.headers["x-cart-id"]);
  }
  return headers;
}

describe(`${contract.setCartLine.method} ${contract.setCartLine.path}`, () => {
  it("gives a guest a cart with the first write and keeps it by cookie and by header", async () => {
    const app = stage.appFor();
    const reply = await put(app, "MUG-BLUE", 2);
    expect(reply.statusCode).toBe(200);
    const id = String(reply.headers["x-cart-id"]);
    expect(reply.headers["set-cookie"]).toContain(`cart=${id}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax`);
    expect(reply.json()).toMatchObject({ id, subtotal: { amount: 3800, currency: "EUR" } });
    expect(quantities(await read(app, { cookie: `a=b; cart=${id}` }))).toEqual([["MUG-BLUE", 2]]);
    expect(quantities(await read(app, { "x-cart-id": id }))).toEqual([["MUG-BLUE", 2]]);
  });

  it("sets, does not add; keeps the lines' order; zero removes", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [
      ["MUG-RED", 1],
      ["MUG-BLUE", 4],
      ["MUG-RED", 3],
    ]);
    expect(quantities(await read(app, headers))).toEqual([
      ["MUG-RED", 3],
      ["MUG-BLUE", 4],
    ]);
    await put(app, "MUG-RED", 0, headers);
    expect(quantities(await read(app, headers))).toEqual([["MUG-BLUE", 4]]);
  });

  it("goes on when Redis has forgotten the scripts, as it does in a restart", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-BLUE", 1]]);
    await stage.redis.script("FLUSH");
    await put(app, "MUG-BLUE", 3, headers);
    expect(quantities(await read(app, headers))).toEqual([["MUG-BLUE", 3]]);
  });

  it("says so when the cart is full, and still changes what is in it", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-RED", 1]]);
    const others = Array.from({ length: contract.MAX_CART_LINES - 1 }, (_, i) => [`line:OTHER-${i}`, `1:${i + 9}`]);
    await stage.redis.hset(`cart:guest:${headers["x-cart-id"]}`, ...others.flat());
    const refused = await put(app, "MUG-BLUE", 1, headers);
    expect([refused.statusCode, refused.json().code]).toEqual([422, "cart.full"]);
    expect((await put(app, "MUG-RED", 2, headers)).statusCode).toBe(200);
  });

  it("says what is left when there is not enough, and changes nothing", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-BLUE", 1]]);
    const reply = await put(app, "MUG-BLUE", 6, headers);
    expect(reply.statusCode).toBe(409);
    expect(reply.json()).toMatchObject({
      code: "stock.insufficient",
      lines: [{ sku: "MUG-BLUE", requested: 6, available: 5 }],
    });
    expect(quantities(await read(app, headers))).toEqual([["MUG-BLUE", 1]]);
  });

  it.each([
    ["MUG-UNKNOWN", { quantity: 1 }, 404],
    ["MUG-RED", { quantity: 100 }, 400],
    ["MUG-RED", { quantity: -1 }, 400],
    ["MUG-RED", { quantity: 1.5 }, 400],
    ["MUG-RED", { quantity: 1, price: 1 }, 400],
    ["mug red", { quantity: 1 }, 400],
  ])("refuses %s with %o", async (sku, payload, status) => {
    const reply = await stage.appFor().inject({ method: "PUT", url: `/v1/cart/lines/${sku}`, payload });
    expect(reply.statusCode).toBe(status);
    expect(reply.headers["set-cookie"]).toBeUndefined();
  });
});

describe(`${contract.getCart.method} ${contract.getCart.path}`, () => {
  it("is empty for a stranger and for a cart that has expired", async () => {
    const app = stage.appFor();
    const empty = { id: null, lines: [], subtotal: { amount: 0, currency: "EUR" }, expiresAt: null };
    expect(await read(app)).toEqual(empty);
    expect(await read(app, { "x-cart-id": randomUUIDv7() })).toEqual(empty);
  });

  it("begins the idle time anew", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-RED", 1]]);
    await stage.redis.pexpire(`cart:guest:${headers["x-cart-id"]}`, 60_000);
    await read(app, headers);
    expect(await stage.redis.pttl(`cart:guest:${headers["x-cart-id"]}`)).toBeGreaterThan(1_700_000);
  });
});

describe("signing in", () => {
  it("joins the guest's cart with the shopper's, once, and forgets the guest's", async () => {
    const headers = await fill(stage.appFor(), [
      ["MUG-RED", 2],
      ["MUG-BLUE", 1],
    ]);
    const app = stage.appFor(shopper(randomUUIDv7()));
    await put(app, "MUG-RED", 3);
    const [first, second] = await Promise.all([read(app, headers), read(app, headers)]);
    const joined = [
      ["MUG-RED", 5],
      ["MUG-BLUE", 1],
    ];
    expect([quantities(first), quantities(second)]).toContainEqual(joined);
    expect(quantities(await read(app, headers))).toEqual(joined);
    const reply = await app.inject({ method: "GET", url: "/v1/cart", headers });
    expect(reply.headers["set-cookie"]).toContain("cart=; Path=/; Max-Age=0");
  });

  it("joins a later cart of the same guest too", async () => {
    const guest = stage.appFor();
    const app = stage.appFor(shopper(randomUUIDv7()));
    const headers = await fill(guest, [["MUG-RED", 1]]);
    await read(app, headers);
    await put(guest, "MUG-BLUE", 2, headers);
    expect(quantities(await read(app, headers))).toEqual([
      ["MUG-RED", 1],
      ["MUG-BLUE", 2],
    ]);
  });

  it("joins once, however many requests come at once, and whatever their order", async () => {
    const headers = await fill(stage.appFor(), [
      ["MUG-RED", 2],
      ["MUG-BLUE", 1],
    ]);
    const app = stage.appFor(shopper(randomUUIDv7()));
    await Promise.all([...Array(20)].map(() => read(app, headers)));
    expect(quantities(await read(app))).toEqual([
      ["MUG-RED", 2],
      ["MUG-BLUE", 1],
    ]);
  });

  it("neither loses nor doubles what the guest still writes while the carts join", async () => {
    const guest = stage.appFor();
    for (let round = 0; round < 20; round++) {
      const app = stage.appFor(shopper(randomUUIDv7()));
      const headers = await fill(guest, [["MUG-RED", 1]]);
      await Promise.all([
        put(guest, "MUG-RED", 4, headers),
        read(app, headers),
        put(guest, "MUG-BLUE", 2, headers),
        read(app, headers),
        put(guest, "MUG-BLUE", 3, headers),
      ]);
      const [red, blue] = [...quantities(await read(app))].sort().reverse();
      expect(red).toEqual(["MUG-RED", 4]);
      // The two writes of one line may arrive in either order; the cart follows the last one.
      const last = await stage.redis.hget(`cart:guest:${headers["x-cart-id"]}`, "line:MUG-BLUE");
      expect(blue).toEqual(["MUG-BLUE", Number(last?.split(":")[0])]);
    }
  });

  it("gives a guest who comes back much later a cart of their own, and another shopper nothing", async () => {
    const guest = stage.appFor();
    const headers = await fill(guest, [["MUG-RED", 1]]);
    const cartId = headers["x-cart-id"]!;
    const [first, second] = [stage.appFor(shopper(randomUUIDv7())), stage.appFor(shopper(randomUUIDv7()))];
    await read(first, headers);
    expect((await read(second, headers)).lines).toEqual([]);
    expect((await read(guest, headers)).lines).toEqual([]);
    await stage.redis.pexpire(`cart:guest:${cartId}`, 80_000_000);
    const reply = await put(guest, "MUG-BLUE", 2, headers);
    const later = String(reply.headers["x-cart-id"]);
    expect(later).not.toBe(cartId);
    expect(reply.headers["set-cookie"]).toContain(`cart=${later}`);
    expect(quantities(await read(guest, { "x-cart-id": later }))).toEqual([["MUG-BLUE", 2]]);
    expect(quantities(await read(first))).toEqual([["MUG-RED", 1]]);
  });

  it("fills no line above its most units, and takes what the guest removes out again", async () => {
    const guest = stage.appFor();
    const app = stage.appFor(shopper(randomUUIDv7()));
    await put(app, "MUG-RED", 60);
    const headers = await fill(guest, [["MUG-RED", 60]]);
    expect(quantities(await read(app, headers))).toEqual([["MUG-RED", 99]]);
    await put(guest, "MUG-RED", 0, headers);
    expect(quantities(await read(app, headers))).toEqual([["MUG-RED", 39]]);
  });
});

describe(`${contract.clearCart.method} ${contract.clearCart.path}`, () => {
  it("empties the cart and may be repeated", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-RED", 1]]);
    for (let i = 0; i < 2; i++)
      expect((await app.inject({ method: "DELETE", url: "/v1/cart", headers })).statusCode).toBe(204);
    expect((await read(app, headers)).lines).toEqual([]);
  });
});

describe(`${contract.removeCartLine.method} ${contract.removeCartLine.path}`, () => {
  it("takes one line out", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [
      ["MUG-RED", 1],
      ["MUG-BLUE", 1],
    ]);
    const reply = await app.inject({ method: "DELETE", url: "/v1/cart/lines/MUG-RED", headers });
    expect(quantities(contract.Cart.parse(reply.json()))).toEqual([["MUG-BLUE", 1]]);
  });
});

describe(`${contract.resolveCart.method} ${contract.resolveCart.path}`, () => {
  const resolve = (guestCartId: string, token = stage.tokenOf("order")) =>
    stage.appFor().inject({
      method: "POST",
      url: contract.resolveCart.path,
      payload: { guestCartId },
      headers: { "x-service-token": token },
    });

  it("tells the order service what is in a cart, and nobody else", async () => {
    const headers = await fill(stage.appFor(), [["MUG-RED", 2]]);
    const id = headers["x-cart-id"]!;
    expect((await resolve(id)).json()).toEqual({ id, lines: [{ sku: "MUG-RED", quantity: 2 }] });
    expect((await resolve(id, "")).statusCode).toBe(401);
    expect((await resolve(id, stage.tokenOf("payment"))).statusCode).toBe(403);
  });

  it("says that a cart has expired", async () => {
    const reply = await resolve(randomUUIDv7());
    expect([reply.statusCode, reply.json().code]).toEqual([404, "cart.expired"]);
  });
});

describe("cart.empty-bought-cart", () => {
  const red = (quantity: number) => [{ sku: "MUG-RED", quantity }];
  const bought = (cartId: string, lines: { sku: string; quantity: number }[], userId: string | null = null) => {
    const orderId = randomUUIDv7();
    const envelope = orderConfirmed.envelope.parse({
      ...{ id: randomUUIDv7(), name: "order.confirmed", version: 1, aggregateId: orderId },
      occurredAt: new Date().toISOString(),
      payload: { orderId, number: "7K2M-X9QD", userId, cartId, lines, total: { amount: 3800, currency: "EUR" } },
    });
    return () => stage.consumers[0]!.handle(envelope);
  };

  it("takes out what was bought once, and leaves what was put in since", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [
      ["MUG-RED", 2],
      ["MUG-BLUE", 1],
    ]);
    const deliver = bought(headers["x-cart-id"]!, red(2));
    await put(app, "MUG-RED", 3, headers);
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    expect(quantities(await read(app, headers))).toEqual([
      ["MUG-RED", 1],
      ["MUG-BLUE", 1],
    ]);
  });

  it("changes nothing when it comes again to a cart that has expired and begun anew", async () => {
    const app = stage.appFor();
    const headers = await fill(app, [["MUG-RED", 2]]);
    const deliver = bought(headers["x-cart-id"]!, red(2));
    await deliver();
    await stage.redis.del(`cart:guest:${headers["x-cart-id"]}`);
    await put(app, "MUG-RED", 2, headers);
    await deliver();
    expect(quantities(await read(app, headers))).toEqual([["MUG-RED", 2]]);
  });

  it.each(["before", "after"])("takes it out of the shopper's cart when the guest signs in %s it", async (when) => {
    const userId = randomUUIDv7();
    const app = stage.appFor(shopper(userId));
    await put(app, "MUG-RED", 1);
    const headers = await fill(stage.appFor(), [
      ["MUG-RED", 2],
      ["MUG-BLUE", 1],
    ]);
    const deliver = bought(headers["x-cart-id"]!, red(2));
    if (when === "after") await deliver();
    await read(app, headers);
    if (when === "before") await deliver();
    const left = [
      ["MUG-RED", 1],
      ["MUG-BLUE", 1],
    ];
    expect(quantities(await read(app))).toEqual(left);
    await put(app, "MUG-RED", 3);
    await deliver();
    await read(app, headers);
    expect(quantities(await read(app))).toEqual([["MUG-RED", 3], left[1]]);
  });

  it("leaves a shopper's later cart alone, which the bought lines never were in", async () => {
    const userId = randomUUIDv7();
    const app = stage.appFor(shopper(userId));
    const headers = await fill(stage.appFor(), [["MUG-RED", 2]]);
    await read(app, headers);
    await stage.redis.del(`cart:user:${userId}`);
    await put(app, "MUG-RED", 2);
    await bought(headers["x-cart-id"]!, red(2))();
    expect(quantities(await read(app, headers))).toEqual([["MUG-RED", 2]]);
  });

  it("finishes what a crash left between the guest's cart and the shopper's", async () => {
    const userId = randomUUIDv7();
    const app = stage.appFor(shopper(userId));
    const headers = await fill(stage.appFor(), [["MUG-RED", 2]]);
    const cartId = headers["x-cart-id"]!;
    await read(app, headers);
    const deliver = bought(cartId, red(2));
    // The first step is done, then the shopper's key cannot be reached: it is another type for the moment.
    await stage.redis.rename(`cart:user:${userId}`, `aside:${userId}`);
    await stage.redis.set(`cart:user:${userId}`, "not a hash");
    await expect(deliver()).rejects.toThrow("WRONGTYPE");
    expect(await stage.redis.hget(`cart:guest:${cartId}`, "line:MUG-RED")).toBeNull();
    await stage.redis.rename(`aside:${userId}`, `cart:user:${userId}`);
    await deliver();
    expect((await read(app)).lines).toEqual([]);
  });

  it("takes it out of a shopper's own cart, and not of a later one", async () => {
    const userId = randomUUIDv7();
    const app = stage.appFor(shopper(userId));
    const first = contract.Cart.parse((await put(app, "MUG-RED", 5)).json());
    await bought(first.id!, red(2), userId)();
    expect(quantities(await read(app))).toEqual([["MUG-RED", 3]]);
    await stage.redis.del(`cart:user:${userId}`);
    await put(app, "MUG-RED", 4);
    await bought(first.id!, red(3), userId)();
    expect(quantities(await read(app))).toEqual([["MUG-RED", 4]]);
  });
});
