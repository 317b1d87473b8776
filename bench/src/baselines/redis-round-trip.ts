// Bare Fastify with one Redis round trip: reads or replaces a cart that is kept as the bytes it is sent as.
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { Redis } from "ioredis";

const { PORT, REDIS_URL = "", BODY_FILE = "" } = process.env;
const TTL_MS = 30 * 60_000;
const body = readFileSync(BODY_FILE);
const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const keyOf = (cart: unknown) => `bench:${cart}`;
const type = "application/json; charset=utf-8";

const app = Fastify();
app.get("/v1/cart", async (request, reply) => {
  const cart = await redis.getBuffer(keyOf(request.headers["x-cart-id"]));
  return reply.type(type).send(cart ?? body);
});
app.put("/v1/cart/lines/:sku", async (request, reply) => {
  const cart = await redis.setBuffer(keyOf(request.headers["x-cart-id"]), body, "PX", TTL_MS, "GET");
  return reply.type(type).send(cart ?? body);
});
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
