import { AppError } from "@tradepost/service-runtime/app-error";
import type { CartStore } from "../storage/cart-store.ts";
import type { StoredCart } from "../storage/stored-cart.ts";
import { findCart, type Visitor } from "./get-cart.ts";

/** Which cart a visitor means, as SKUs and quantities. Throws 404 `cart.expired` when it is not there any more. */
export const resolveCart =
  ({ store }: { store: CartStore }) =>
  async (visitor: Visitor): Promise<StoredCart> => {
    const cart = await findCart(store, visitor);
    if (!cart) throw new AppError(404, "cart.expired", "The cart does not exist (any more)");
    return cart;
  };
