import { z } from "zod";

/** The currencies (ISO 4217) each variant has a price in; the first is the shop's default and always there. */
export const Currency = z.enum(["EUR", "USD", "GBP"]);
export type Currency = z.output<typeof Currency>;

/** An amount of money in integer minor units (cents). Never negative. */
export const Money = z.object({ amount: z.int().nonnegative(), currency: Currency });
export type Money = z.output<typeof Money>;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: Currency, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  formats.set(key, known);
  return known;
}

/** How many decimal digits separate the minor unit from the major one: 2 for EUR (ISO 4217, by way of CLDR). */
export const minorDigits = (currency: Currency): number =>
  formatOf(currency, "en").resolvedOptions().maximumFractionDigits ?? 2;

/** Money for people, e.g. `€12.50`, in the conventions of `locale` (BCP 47); only display divides. */
export const formatMoney = ({ amount, currency }: Money, locale = "en"): string =>
  formatOf(currency, locale).format(amount / 10 ** minorDigits(currency));
