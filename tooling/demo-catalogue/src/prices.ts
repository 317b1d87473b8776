import type { DemoPrice, DemoVariant } from "./catalogue-types.ts";

/** How a price in euro, VAT included, becomes one in another market: a rate and the shop's price points there. */
const MARKETS = { EUR: 1, USD: 1.06, GBP: 0.86 } as const;

/** The nearest price a shop would print: …40 or …90 cents below 20, …90 below 100, whole …4 or …9 above; in minor units. */
export function pricePoint(minorUnits: number): number {
  if (minorUnits < 2000) return Math.max(190, Math.round((minorUnits - 40) / 50) * 50 + 40);
  if (minorUnits < 10_000) return Math.round((minorUnits + 10) / 100) * 100 - 10;
  return Math.round((minorUnits + 100) / 500) * 500 - 100;
}

/** The price of a variant in every currency from its price in euro cents, and the former price of a sale. */
export function priceLadder(euroCents: number, formerEuroCents?: number): DemoVariant["prices"] {
  const at = (rate: number): DemoPrice => {
    const amount = rate === 1 ? euroCents : pricePoint(euroCents * rate);
    if (formerEuroCents === undefined) return { amount };
    return { amount, compareAt: rate === 1 ? formerEuroCents : pricePoint(formerEuroCents * rate) };
  };
  return { EUR: at(MARKETS.EUR), USD: at(MARKETS.USD), GBP: at(MARKETS.GBP) };
}
