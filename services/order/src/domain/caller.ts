import { createHmac, timingSafeEqual } from "node:crypto";
import type { Locale } from "@tradepost/contracts/market";
import { AppError } from "@tradepost/service-runtime/app-error";

/** Who shops: a signed-in shopper, or a guest who is known by a cart; both may bring a guest's cart along. */
export interface Caller {
  userId: string | null;
  guestCartId: string | undefined;
  locale: Locale;
}

/** Under which name the caller's Idempotency-Keys are kept. Throws 409 `cart.empty` for a guest without a cart. */
export function callerKey({ userId, guestCartId }: Caller): string {
  if (userId !== null) return `user:${userId}`;
  if (guestCartId !== undefined) return `cart:${guestCartId}`;
  throw cartEmpty();
}

export const cartEmpty = () => new AppError(409, "cart.empty", "There is nothing in the cart");

/** A guest's proof that an order is theirs: a keyed hash of its id, so it need not be stored to be checked. */
export const orderTokenOf = (orderId: string, key: string): string =>
  createHmac("sha256", key).update(`order:${orderId}`).digest("base64url");

export function isOrderToken(token: string | undefined, orderId: string, key: string): boolean {
  const expected = Buffer.from(orderTokenOf(orderId, key));
  const given = Buffer.from(token ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
