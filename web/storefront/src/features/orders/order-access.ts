import { inThisBrowser, readStored, writeStored } from "../../app/stored.ts";

interface KnownOrder {
  id: string;
  number: string;
  token: string;
}
const KEY = "tradepost.orders";
const KEPT = 20;

/** A guest's orders from this browser, the latest first: their tokens prove that they are theirs. */
export const knownOrders = (storage = inThisBrowser): KnownOrder[] => readStored<KnownOrder[]>(storage, KEY) ?? [];

export function rememberOrder(order: KnownOrder, storage = inThisBrowser): void {
  const others = knownOrders(storage).filter(({ id }) => id !== order.id);
  writeStored(storage, KEY, [order, ...others].slice(0, KEPT));
}

/** The token from a private link's fragment (`#token=…`), else the one this browser was given with the order. */
export function orderToken(orderId: string, fragment: string, storage = inThisBrowser): string | undefined {
  const fromLink = new URLSearchParams(fragment.replace(/^#/, "")).get("token");
  return fromLink || knownOrders(storage).find(({ id }) => id === orderId)?.token;
}

/** An order's private link: the token is in the fragment, which browsers send to no server. */
export const orderPath = (orderId: string, token?: string): string =>
  `/orders/${orderId}${token ? `#token=${token}` : ""}`;

export const confirmationPath = (orderId: string, token?: string): string =>
  `/confirmation/${orderId}${token ? `#token=${token}` : ""}`;

export const tokenHeader = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { "x-order-token": token };
