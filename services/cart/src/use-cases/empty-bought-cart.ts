import type { Payload } from "@tradepost/contracts/event";
import type { orderConfirmed } from "@tradepost/contracts/order";
import type { CartStore } from "../storage/cart-store.ts";

/** An order was paid: takes what it bought out of the cart it came from, also after that has joined a shopper's. */
export const emptyBoughtCart =
  ({ store }: { store: CartStore }) =>
  async ({ orderId, userId, cartId, lines }: Payload<typeof orderConfirmed>): Promise<void> => {
    await store.takeOut(userId, cartId, orderId, lines);
  };
