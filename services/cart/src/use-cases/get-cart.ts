import type { Cart, CartLine } from "@tradepost/contracts/cart";
import type { VariantDetails } from "@tradepost/contracts/product";
import type { LookUpVariants, Market } from "../clients/variant-lookup.ts";
import type { CartOwner, CartStore } from "../storage/cart-store.ts";
import type { StoredCart } from "../storage/stored-cart.ts";

/** Who shops: a guest's cart that a shopper brings along joins the shopper's own. */
export interface Visitor {
  userId: string | null;
  guestCartId: string | undefined;
}

export interface CartDeps {
  store: CartStore;
  lookUpVariants: LookUpVariants;
  now: () => Date;
}

/** The visitor's cart with today's prices; an empty one where there is none. */
export const getCart =
  (deps: CartDeps) =>
  async (visitor: Visitor, market: Market): Promise<Cart> => {
    const cart = await findCart(deps.store, visitor);
    const variants = await variantsOf(deps, cart, market);
    return toView(deps, cart, variants, market);
  };

/** The visitor's stored cart; null where there is none. */
export async function findCart(store: CartStore, { userId, guestCartId }: Visitor): Promise<StoredCart | null> {
  if (userId !== null) return guestCartId ? store.join(userId, guestCartId) : store.find({ kind: "shopper", userId });
  return guestCartId ? store.find({ kind: "guest", cartId: guestCartId }) : null;
}

/** Whose cart a visitor's writes go to; undefined for a guest who has none yet. */
export function ownerOf({ userId, guestCartId }: Visitor): CartOwner | undefined {
  if (userId !== null) return { kind: "shopper", userId };
  return guestCartId === undefined ? undefined : { kind: "guest", cartId: guestCartId };
}

/** Details of everything in a cart, and of `more`, in one call. */
export const variantsOf = (
  { lookUpVariants }: CartDeps,
  cart: StoredCart | null,
  market: Market,
  more: readonly string[] = [],
): Promise<Map<string, VariantDetails>> => {
  const skus = [...new Set([...(cart?.lines.map(({ sku }) => sku) ?? []), ...more])];
  return skus.length === 0 ? Promise.resolve(new Map()) : lookUpVariants(skus, market);
};

/** What is no longer sold is left out: it has no price. */
export function toView(
  { store, now }: CartDeps,
  cart: StoredCart | null,
  variants: ReadonlyMap<string, VariantDetails>,
  { currency }: Market,
): Cart {
  const lines = (cart?.lines ?? []).flatMap(({ sku, quantity }): CartLine[] => {
    const variant = variants.get(sku);
    if (!variant) return [];
    const { slug, name, optionsText, image, unitPrice, available } = variant;
    const lineTotal = { amount: unitPrice.amount * quantity, currency };
    return [{ sku, slug, name, optionsText, image, unitPrice, quantity, lineTotal, available }];
  });
  const amount = lines.reduce((sum, line) => sum + line.lineTotal.amount, 0);
  return {
    id: cart?.id ?? null,
    lines,
    subtotal: { amount, currency },
    expiresAt: lines.length > 0 ? new Date(now().getTime() + store.ttlMs).toISOString() : null,
  };
}
