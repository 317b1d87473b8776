import { createHash, randomUUIDv7 } from "node:crypto";
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from "@tradepost/contracts/cart";
import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Redis } from "ioredis";
import { CLEAR_CART, JOIN_CART, SET_LINE, TAKE_OUT, TOUCH_CART } from "./cart-scripts.ts";

/** Whose cart it is: a shopper's own, or a guest's, known by its id alone. */
export type CartOwner = { kind: "shopper"; userId: string } | { kind: "guest"; cartId: string };

export interface StoredCart {
  id: string;
  /** Tells a cart from a later one of the same id. */
  born: string;
  lines: StockLine[];
}

export type CartStore = ReturnType<typeof createCartStore>;

const keyOf = (owner: CartOwner): string =>
  owner.kind === "shopper" ? `cart:user:${owner.userId}` : `cart:guest:${owner.cartId}`;
const flat = (lines: readonly StockLine[]): (string | number)[] =>
  lines.flatMap(({ sku, quantity }) => [sku, quantity]);

/**
 * Carts in Redis, which expire `ttlMs` after their last use. Every change is one atomic script. Reads and writes answer
 * null for a cart that does not exist.
 */
export function createCartStore(redis: Redis, { ttlMs }: { ttlMs: number }) {
  const run = async (script: string, owner: CartOwner, args: (string | number)[]): Promise<StoredCart | null> =>
    toCart((await runScript(redis, script, keyOf(owner), [ttlMs, ...args])) as string[]);
  return {
    ttlMs,

    find: (owner: CartOwner): Promise<StoredCart | null> => run(TOUCH_CART, owner, []),

    /** Sets a line's quantity; zero removes it. Throws 422 `cart.full` above the most lines a cart may have. */
    setLine: (owner: CartOwner, sku: string, quantity: number): Promise<StoredCart | null> =>
      run(SET_LINE, owner, [newIdFor(owner), randomUUIDv7(), sku, quantity, MAX_CART_LINES]).catch((error: unknown) => {
        if (error instanceof Error && error.message === "FULL")
          throw new AppError(422, "cart.full", `A cart holds at most ${MAX_CART_LINES} different things`);
        throw error;
      }),

    clear: (owner: CartOwner): Promise<StoredCart | null> => run(CLEAR_CART, owner, []),

    /** Adds a guest's lines to a shopper's cart, once per guest's cart, and removes the guest's. */
    join: async (userId: string, guestCartId: string): Promise<StoredCart | null> => {
      const shopper: CartOwner = { kind: "shopper", userId };
      const guest: CartOwner = { kind: "guest", cartId: guestCartId };
      const brought = await run(TOUCH_CART, guest, []);
      if (!brought || brought.lines.length === 0) return run(TOUCH_CART, shopper, []);
      const args = [newIdFor(shopper), brought.born, MAX_CART_LINES, MAX_LINE_QUANTITY, ...flat(brought.lines)];
      const joined = await run(JOIN_CART, shopper, args);
      await redis.del(keyOf(guest));
      return joined;
    },

    /** Takes out what an order has bought; what was put in since stays. Repeating it changes nothing. */
    takeOut: (owner: CartOwner, cartId: string, orderId: string, lines: readonly StockLine[]) =>
      run(TAKE_OUT, owner, [cartId, orderId, ...flat(lines)]),
  };
}

const digests = new Map<string, string>();

/** By its digest; Redis is sent the script itself only when it does not know it (yet, or since a restart). */
async function runScript(redis: Redis, script: string, key: string, args: (string | number)[]): Promise<unknown> {
  const digest = digests.get(script) ?? createHash("sha1").update(script).digest("hex");
  digests.set(script, digest);
  try {
    return await redis.evalsha(digest, 1, key, ...args);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOSCRIPT")) return redis.eval(script, 1, key, ...args);
    throw error;
  }
}

const newIdFor = (owner: CartOwner): string => (owner.kind === "guest" ? owner.cartId : randomUUIDv7());

function toCart(pairs: readonly string[]): StoredCart | null {
  let id: string | undefined;
  let born = "";
  const lines: (StockLine & { seq: number })[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const [field = "", value = ""] = [pairs[i], pairs[i + 1]];
    const [quantity = 0, seq = 0] = value.split(":").map(Number);
    if (field === "id") id = value;
    if (field === "born") born = value;
    if (field.startsWith("line:")) lines.push({ sku: field.slice(5), quantity, seq });
  }
  if (id === undefined) return null;
  lines.sort((a, b) => a.seq - b.seq);
  return { id, born, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
}
