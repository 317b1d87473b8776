import type { Money } from "@tradepost/contracts/money";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Order } from "./order.ts";

/** What may still be sent back: what was captured and was not refunded or asked back yet, in minor units. */
export const refundableCents = (order: Order, askedBackCents: number): number =>
  Math.max(0, order.capturedCents - askedBackCents);

/**
 * Whether `amount` may be sent back for an order. Throws 409 `refund.nothing_captured` for one that was never paid, 422
 * `refund.currency` for another currency than the order's and 422 `refund.exceeds` for more than is left, which it names.
 */
export function assertRefundable(order: Order, askedBackCents: number, { amount, currency }: Money): void {
  if (order.capturedCents === 0)
    throw new AppError(409, "refund.nothing_captured", "Nothing was captured for this order");
  if (currency !== order.currency)
    throw new AppError(422, "refund.currency", "An order is refunded in its own currency", {
      errors: [{ path: "amount.currency", message: `must be ${order.currency}` }],
    });
  const left = refundableCents(order, askedBackCents);
  if (amount > left)
    throw new AppError(422, "refund.exceeds", "That is more than is left to refund", {
      errors: [{ path: "amount.amount", message: `must be at most ${left}` }],
      extra: { refundable: { amount: left, currency } },
    });
}
