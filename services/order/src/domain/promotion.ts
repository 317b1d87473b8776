import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { Discount } from "@tradepost/contracts/order";
import { roundHalfUp } from "./tax.ts";

/** Either a percentage or a fixed amount per currency; `minimum` is the subtotal it needs, in minor units. */
export interface Promotion {
  code: string;
  title: Record<Locale, string>;
  percentBps: number | null;
  amountOff: Partial<Record<Currency, number>> | null;
  minimum: Partial<Record<Currency, number>>;
}

/**
 * What promotions take off a subtotal, one after the other in the order given. Together never more than the subtotal.
 * A promotion whose minimum is not met, or that has no amount in the currency, takes nothing off and is left out.
 */
export function discountsOn(
  subtotalCents: number,
  promotions: readonly Promotion[],
  market: { currency: Currency; locale: Locale },
): Discount[] {
  let leftCents = subtotalCents;
  return promotions.flatMap((promotion) => {
    if (subtotalCents < (promotion.minimum[market.currency] ?? 0)) return [];
    const offCents = Math.min(leftCents, worth(promotion, subtotalCents, market.currency));
    if (offCents <= 0) return [];
    leftCents -= offCents;
    const amount = { amount: offCents, currency: market.currency };
    return [{ code: promotion.code, title: promotion.title[market.locale], amount }];
  });
}

const worth = (promotion: Promotion, subtotalCents: number, currency: Currency): number =>
  promotion.percentBps === null
    ? (promotion.amountOff?.[currency] ?? 0)
    : roundHalfUp(BigInt(subtotalCents) * BigInt(promotion.percentBps), 10_000n);
