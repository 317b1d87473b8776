import { Redis } from "ioredis";
import type { CartFact } from "./facts.ts";

/** The carts there are, which may be none: Redis may lose them, and they expire. */
export async function readCarts(url: string): Promise<CartFact[]> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 3, connectTimeout: 10_000 });
  redis.on("error", () => {}); // the command that runs then rejects
  await redis.connect();
  try {
    const carts: CartFact[] = [];
    for await (const keys of redis.scanStream({ match: "cart:*", count: 1_000 })) {
      // Beside the carts are marks of what was bought, under `cart:bought:<order>`.
      const hashes = (keys as string[]).filter((key) => !key.startsWith("cart:bought:"));
      for (const key of hashes) carts.push(...toCart(await redis.hgetall(key)));
    }
    return carts;
  } finally {
    redis.disconnect();
  }
}

function toCart({ id, born, ...fields }: Record<string, string>): CartFact[] {
  if (id === undefined) return [];
  const boughtBy = Object.keys(fields).flatMap((field) => (field.startsWith("bought:") ? [field.slice(7)] : []));
  return [{ id, bornAt: timeOfId(born), boughtBy }];
}

/** The first 48 bits of a UUIDv7 are its time (RFC 9562); a cart without one is as old as can be. */
const timeOfId = (id: string | undefined): Date =>
  new Date(Number.parseInt((id ?? "0").replaceAll("-", "").slice(0, 12), 16));
