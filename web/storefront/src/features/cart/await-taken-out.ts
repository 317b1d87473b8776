import type { Cart } from "@tradepost/contracts/cart";
import { quantityOf } from "./cart-arithmetic.ts";

export type BoughtLine = Pick<Cart["lines"][number], "sku" | "quantity">;

/** Before each further look: an event is there within a second, and after an outage whenever it can. */
const WAITS_MS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Whether the cart may still hold what an order has bought; what else was put in since does not matter. */
export const mayHold = (cart: Cart, bought: readonly BoughtLine[]): boolean =>
  bought.some(({ sku, quantity }) => quantityOf(cart, sku) >= quantity);

/**
 * The shop takes what was bought out of the cart by an event, a moment after the order is confirmed. Looks at the cart
 * until that is seen, for half a minute at most: whoever puts the same in again meanwhile has a cart that looks the same.
 */
export async function awaitTakenOut(
  look: () => Promise<Cart>,
  bought: readonly BoughtLine[],
  wait: (ms: number) => Promise<void> = pause,
): Promise<void> {
  const isStillThere = () => look().then((cart) => mayHold(cart, bought), seenNothing);
  for (const ms of WAITS_MS) {
    if (!(await isStillThere())) return;
    await wait(ms);
  }
  await isStillThere();
}

/** A look that failed, or that a change to the cart has called off, says nothing. */
const seenNothing = () => true;
