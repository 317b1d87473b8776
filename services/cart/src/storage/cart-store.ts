import { randomUUIDv7 } from "node:crypto";
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from "@tradepost/contracts/cart";
import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Redis } from "ioredis";
import * as scripts from "./cart-scripts.ts";
import { runScript } from "./run-script.ts";
import { type StoredCart, toCart } from "./stored-cart.ts";

/** Whose cart it is: a shopper's own, or a guest's, known by its id alone. */
export type CartOwner = { kind: "shopper"; userId: string } | { kind: "guest"; cartId: string };

export type CartStore = ReturnType<typeof createCartStore>;

/** An order's event may be repeated as long as anything keeps it: outboxes do so for three days. */
const BOUGHT_MS = 7 * 86_400_000;

const keyOf = (owner: CartOwner): string =>
  owner.kind === "shopper" ? `cart:user:${owner.userId}` : `cart:guest:${owner.cartId}`;
const flat = (lines: readonly StockLine[]): (string | number)[] =>
  lines.flatMap(({ sku, quantity }) => [sku, quantity]);
const newIdFor = (owner: CartOwner): string => (owner.kind === "guest" ? owner.cartId : randomUUIDv7());

/**
 * Carts in Redis, which expire `ttlMs` after their last use. Every change is one atomic script. Reads and writes answer
 * null for a cart that does not exist.
 */
export function createCartStore(redis: Redis, { ttlMs }: { ttlMs: number }) {
  const run = async (script: string, owner: CartOwner, args: (string | number)[] = []): Promise<StoredCart | null> =>
    toCart((await runScript(redis, script, keyOf(owner), [ttlMs, ...args])) as string[]);

  /**
   * Lets the shopper's cart follow a guest's that has joined it; any number of times and in any order. Between the two
   * steps a crash leaves the second to whoever comes next.
   */
  const carryOver = async (guest: StoredCart | null): Promise<StoredCart | null> => {
    if (guest?.joinedTo === undefined || guest.carried === guest.seq) return null;
    const shopper: CartOwner = { kind: "shopper", userId: guest.joinedTo };
    const first = guest.carried === undefined ? 1 : 0;
    const from = [randomUUIDv7(), guest.born, guest.seq, first, MAX_CART_LINES, MAX_LINE_QUANTITY];
    const joined = await run(scripts.FOLLOW_GUEST, shopper, [...from, ...flat(guest.lines)]);
    await run(scripts.NOTE_CARRIED, { kind: "guest", cartId: guest.id }, [guest.seq]);
    return joined;
  };

  const change = async (script: string, owner: CartOwner, args: (string | number)[] = []) => {
    const cart = await run(script, owner, args);
    await carryOver(cart);
    return cart;
  };

  const setLine = (owner: CartOwner, sku: string, quantity: number): Promise<StoredCart | null> =>
    change(scripts.SET_LINE, owner, [newIdFor(owner), randomUUIDv7(), sku, quantity, MAX_CART_LINES]).catch((error) => {
      if (failedWith(error, "JOINED")) return setLine({ kind: "guest", cartId: randomUUIDv7() }, sku, quantity);
      if (failedWith(error, "FULL"))
        throw new AppError(422, "cart.full", `A cart holds at most ${MAX_CART_LINES} different things`);
      throw error;
    });

  return {
    ttlMs,

    /** A guest's cart that has joined a shopper's is the guest's no more. */
    find: async (owner: CartOwner): Promise<StoredCart | null> => {
      const cart = await run(scripts.TOUCH_CART, owner);
      return cart?.joinedTo === undefined ? cart : null;
    },

    /**
     * Sets a line's quantity; zero removes it. A guest who writes to a cart that joined a shopper's gets a new one.
     * Throws 422 `cart.full` above the most lines a cart may have.
     */
    setLine,

    /** The cart is gone, with the marks that lead from it to guests' carts. */
    drop: async (owner: CartOwner): Promise<void> => void (await redis.del(keyOf(owner))),

    clear: (owner: CartOwner): Promise<StoredCart | null> => change(scripts.CLEAR_CART, owner),

    /**
     * Adds a guest's lines to a shopper's cart, once. What a request that was under way still changes in the guest's
     * cart, and what is bought of it, changes the shopper's too.
     */
    join: async (userId: string, guestCartId: string): Promise<StoredCart | null> => {
      const shopper: CartOwner = { kind: "shopper", userId };
      const guest: CartOwner = { kind: "guest", cartId: guestCartId };
      const brought = await run(scripts.OPEN_TO_SHOPPER, guest, [userId, scripts.JOINED_MS]);
      const joined = brought?.joinedTo === userId ? await carryOver(brought) : null;
      return joined ?? run(scripts.TOUCH_CART, shopper);
    },

    /** Takes out what an order has bought, wherever that is now; what was put in since stays. Repeats change nothing. */
    takeOut: async (userId: string | null, cartId: string, orderId: string, lines: readonly StockLine[]) => {
      const mark = `cart:bought:${orderId}`;
      if (await redis.exists(mark)) return;
      const bought = [cartId, orderId, ...flat(lines)];
      if (userId !== null) await run(scripts.TAKE_OUT, { kind: "shopper", userId }, bought);
      await change(scripts.TAKE_OUT, { kind: "guest", cartId }, bought);
      // The carts know the order too, so this may come late; it is for carts that have expired and begun anew.
      await redis.set(mark, "1", "PX", BOUGHT_MS);
    },
  };
}

/** Whether a script failed with this code, the first word of its error. */
const failedWith = (error: unknown, code: string): boolean =>
  error instanceof Error && error.message.startsWith(`${code} `);
