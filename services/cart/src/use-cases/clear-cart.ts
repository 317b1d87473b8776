import type { CartStore } from "../storage/cart-store.ts";
import { findCart, ownerOf, type Visitor } from "./get-cart.ts";

/** Empties the visitor's cart; repeating it changes nothing. */
export const clearCart =
  ({ store }: { store: CartStore }) =>
  async (visitor: Visitor): Promise<void> => {
    await findCart(store, visitor);
    const owner = ownerOf(visitor);
    if (owner) await store.clear(owner);
  };
