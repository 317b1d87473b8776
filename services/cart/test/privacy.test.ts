import { randomUUIDv7 } from "node:crypto";
import { exportCart } from "@tradepost/contracts/cart";
import { userErased } from "@tradepost/contracts/user";
import { createLogger } from "@tradepost/service-runtime/logger";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { type TestStore, testRedis } from "@tradepost/testing/stores";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { composeUseCases } from "../src/compose.ts";
import { cartRoutes } from "../src/http/cart-routes.ts";
import { cartConsumers } from "../src/messaging/cart-consumers.ts";

const key = "k".repeat(32);
let store: TestStore;
let redis: Redis;
let useCases: ReturnType<typeof composeUseCases>;
beforeAll(async () => {
  store = await testRedis();
  redis = new Redis(store.url);
  useCases = composeUseCases({ CART_TTL_SECONDS: 1_800 }, { redis, lookUpVariants: async () => new Map() });
});
afterAll(async () => {
  redis.disconnect();
  await store.drop();
});

async function fill(userId: string): Promise<void> {
  for (const sku of ["MUG-BLUE", "MUG-RED"])
    await redis.hset(`cart:user:${userId}`, { id: randomUUIDv7(), born: "1", seq: "2", [`line:${sku}`]: "3:1" });
}
const read = (userId: string, caller: "user" | "order" = "user") => {
  const serviceTokens = createServiceTokens({ name: "cart", key });
  const app = createServiceApp({
    ...{ name: "cart", logger: createLogger({ service: "cart", level: "silent" }), serviceTokens },
    identify: async () => ({ kind: "guest" }),
  });
  cartRoutes(app, useCases, { secureCookies: false });
  const headers = { "x-service-token": createServiceTokens({ name: caller, key }).header() };
  return app.inject({ method: "GET", url: `/internal/users/${userId}/cart`, headers });
};
const erase = async (userId: string) => {
  const consumer = cartConsumers(useCases).find(({ name }) => name === "drop-erased-cart");
  const message = userErased.envelope.parse({
    ...{ id: randomUUIDv7(), name: userErased.name, version: userErased.version, aggregateId: userId },
    ...{ occurredAt: new Date().toISOString(), payload: { userId } },
  });
  await consumer?.handle(message);
};

it("S16: tells the user service, and nobody else, what is in a shopper's cart", async () => {
  const userId = randomUUIDv7();
  await fill(userId);
  expect(exportCart.success.body.parse((await read(userId)).json()).lines).toHaveLength(2);
  expect((await read(randomUUIDv7())).json()).toEqual({ lines: [] });
  expect((await read(userId, "order")).statusCode).toBe(403);
});

it("S16: drops an erased shopper's cart, as often as it is told, and no other", async () => {
  const [erased, other] = [randomUUIDv7(), randomUUIDv7()];
  for (const userId of [erased, other]) await fill(userId);
  for (let i = 0; i < 2; i++) await erase(erased);
  expect(await redis.keys(`*${erased}*`)).toEqual([]);
  expect((await read(other)).json().lines).toHaveLength(2);
});
