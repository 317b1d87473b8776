import { randomUUIDv7 } from "node:crypto";
import { exportCart } from "@tradepost/contracts/cart";
import { userErased } from "@tradepost/contracts/user";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Stage, startStage } from "./cart-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

async function fill(userId: string): Promise<void> {
  for (const sku of ["MUG-BLUE", "MUG-RED"])
    await stage.redis.hset(`cart:user:${userId}`, { id: randomUUIDv7(), born: "1", seq: "2", [`line:${sku}`]: "3:1" });
}
const read = (userId: string, caller: "user" | "order" = "user") =>
  stage.appFor().inject({
    ...{ method: "GET", url: `/internal/users/${userId}/cart` },
    headers: { "x-service-token": stage.tokenOf(caller) },
  });
const erase = async (userId: string) => {
  const consumer = stage.consumers.find(({ name }) => name === "drop-erased-cart");
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
  expect(await stage.redis.keys(`*${erased}*`)).toEqual([]);
  expect((await read(other)).json().lines).toHaveLength(2);
});
