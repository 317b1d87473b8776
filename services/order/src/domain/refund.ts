import type { Money } from "@tradepost/contracts/money";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Order } from "./order.ts";

/** What may still be sent back: what was captured and was not refunded or asked back yet, in minor units. */
export const refundableCents = (order: Order, askedBackCents: number): number =>
  Math.max(0, order.capturedCents - askedBackCents);

/** A refund as far as it tells whether the shopper still waits for money. */
export interface RefundFate {
  amountCents: number;
  requestedAt: Date;
  failedAt: Date | null;
  /** Whether the provider took it at first. What it refused at once goes back in another way: by a dispute, for instance. */
  wasTaken: boolean;
}

/** What was asked back or went back, in minor units; not what failed. */
export const goingBackCents = (refunds: readonly RefundFate[]): number =>
  refunds.reduce((sum, { amountCents, failedAt }) => sum + (failedAt ? 0 : amountCents), 0);

/** Money that came back from the shopper's bank, and since when it is owed. */
export interface Undelivered {
  amountCents: number;
  failedAt: Date;
}

/**
 * What the shopper waits for in vain: refunds that failed, less what was asked back after they had, whatever became of
 * that. Never more than is left of the payment, as the rest went back in another way.
 */
export function undeliveredRefunds(capturedCents: number, refunds: readonly RefundFate[]): Undelivered[] {
  const counted = refunds.filter(({ failedAt, wasTaken }) => wasTaken || !failedAt);
  const asked = counted.map(({ requestedAt: at, amountCents }) => ({ at, amountCents, isFailure: false }));
  const failed = counted.flatMap(({ failedAt: at, amountCents }) => (at ? [{ at, amountCents, isFailure: true }] : []));
  const owed: Undelivered[] = [];
  for (const { at, amountCents, isFailure } of [...asked, ...failed].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    if (isFailure) owed.push({ amountCents, failedAt: at });
    else takeOff(owed, amountCents);
  }
  const leftCents = Math.max(0, capturedCents - goingBackCents(refunds));
  takeOff(owed, owed.reduce((sum, { amountCents }) => sum + amountCents, 0) - leftCents);
  return owed;
}

/** Takes so many cents off what is owed, the longest owed first. */
function takeOff(owed: Undelivered[], cents: number): void {
  let left = cents;
  while (left > 0) {
    const [oldest] = owed;
    if (!oldest) return;
    const taken = Math.min(left, oldest.amountCents);
    left -= taken;
    oldest.amountCents -= taken;
    if (oldest.amountCents === 0) owed.shift();
  }
}

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
