import { randomUUIDv7 } from "node:crypto";
import type { Cart } from "@tradepost/contracts/cart";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Market } from "../clients/variant-lookup.ts";
import { type CartDeps, findCart, ownerOf, toView, type Visitor, variantsOf } from "./get-cart.ts";

/**
 * Puts so many units of a variant into the visitor's cart; zero removes the line. A guest's first write makes the cart.
 * Throws 404 `variant.not_found`, 409 `stock.insufficient` with what is left, and 422 `cart.full`.
 */
export const setCartLine =
  (deps: CartDeps) =>
  async (visitor: Visitor, sku: string, quantity: number, market: Market): Promise<Cart> => {
    const before = await findCart(deps.store, visitor);
    const variants = await variantsOf(deps, before, market, [sku]);
    if (quantity > 0) assertAvailable(variants.get(sku)?.available, sku, quantity);
    const owner = ownerOf(visitor) ?? { kind: "guest" as const, cartId: randomUUIDv7() };
    const cart = await deps.store.setLine(owner, sku, quantity);
    return toView(deps, cart, variants, market);
  };

function assertAvailable(available: number | undefined, sku: string, requested: number): void {
  if (available === undefined) throw new AppError(404, "variant.not_found", "There is no such thing in the shop");
  if (requested > available)
    throw new AppError(409, "stock.insufficient", "There is not enough of this left", {
      extra: { lines: [{ sku, requested, available }] },
    });
}
