import { z } from "zod";

/** ISO 4217 codes whose minor unit the shop knows. */
export const Currency = z.enum(["EUR", "USD", "GBP", "CHF", "SEK", "JPY"]);
export type Currency = z.output<typeof Currency>;

/** An amount of money in integer minor units (cents; yen for JPY). May be negative only where a field says so. */
export const Money = z.object({ amount: z.int().nonnegative(), currency: Currency });
export type Money = z.output<typeof Money>;

const MINOR_DIGITS: Record<Currency, number> = { EUR: 2, USD: 2, GBP: 2, CHF: 2, SEK: 2, JPY: 0 };

/** How many decimal digits separate the minor unit from the major one: 2 for EUR, 0 for JPY (ISO 4217). */
export const minorDigits = (currency: Currency): number => MINOR_DIGITS[currency];

/**
 * Money for people, e.g. `€12.50`, in the conventions of `locale` (BCP 47).
 * Exact for every safe integer: only display divides.
 */
export function formatMoney(money: Money, locale = "en"): string {
  const digits = minorDigits(money.currency);
  return new Intl.NumberFormat(locale, { style: "currency", currency: money.currency }).format(
    money.amount / 10 ** digits,
  );
}
