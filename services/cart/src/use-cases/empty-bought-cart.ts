import type { Payload } from "@tradepost/contracts/event";
import type { orderConfirmed } from "@tradepost/contracts/order";
import type { CartStore } from "../storage/cart-store.ts";

/** An order was paid: takes what it bought out of the cart it came from. Applying it twice changes nothing. */
export const emptyBoughtCart =
  ({ store }: { store: CartStore }) =>
  async ({ orderId, userId, cartId, lines }: Payload<typeof orderConfirmed>): Promise<void> => {
    const owner = userId === null ? { kind: "guest" as const, cartId } : { kind: "shopper" as const, userId };
    await store.takeOut(owner, cartId, orderId, lines);
  };
