import type { Country } from "@tradepost/contracts/address";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { ShippingOption } from "@tradepost/contracts/order";

type Zone = "home" | "europe" | "world";
interface Tariff {
  id: string;
  name: Record<Locale, string>;
  /** Price in EUR cents by zone; a zone that is missing is not served. */
  priceCents: Partial<Record<Zone, number>>;
  workingDays: Partial<Record<Zone, [from: number, to: number]>>;
  /** Free of charge from the shop's free-shipping subtotal on. */
  freeAbove: boolean;
}

const TARIFFS: readonly Tariff[] = [
  {
    id: "standard",
    name: { en: "Standard delivery", de: "Standardversand" },
    priceCents: { home: 490, europe: 990, world: 2490 },
    workingDays: { home: [2, 3], europe: [3, 6], world: [6, 12] },
    freeAbove: true,
  },
  {
    id: "express",
    name: { en: "Express delivery", de: "Expressversand" },
    priceCents: { home: 990, europe: 1990, world: 4490 },
    workingDays: { home: [1, 1], europe: [1, 2], world: [2, 4] },
    freeAbove: false,
  },
];

/** Prices of delivery are set per currency, not converted: the ratio keeps them round. */
const PER_EURO: Partial<Record<Currency, number>> = { EUR: 1, USD: 1.1, GBP: 0.9 };
const FREE_FROM_EUR_CENTS = 6_000;
const HOME: Country = "DE";
const OVERSEAS: readonly Country[] = ["US", "CA", "AU", "NZ", "JP"];

export const homeCountry = HOME;

const zoneOf = (country: Country): Zone =>
  country === HOME ? "home" : OVERSEAS.includes(country) ? "world" : "europe";
const inCurrency = (eurCents: number, currency: Currency) =>
  Math.round((eurCents * (PER_EURO[currency] ?? 1)) / 10) * 10;

/** The subtotal from which standard delivery is free, in minor units; null overseas. */
export const freeShippingFromCents = (country: Country, currency: Currency): number | null =>
  zoneOf(country) === "world" ? null : inCurrency(FREE_FROM_EUR_CENTS, currency);

/** How an order can be delivered to a country, cheapest first, with the days it should arrive on. */
export function shippingOptions(input: {
  country: Country;
  currency: Currency;
  goodsCents: number;
  locale: Locale;
  today: Date;
}): ShippingOption[] {
  const { country, currency, goodsCents, locale, today } = input;
  const zone = zoneOf(country);
  const freeFrom = freeShippingFromCents(country, currency);
  return TARIFFS.flatMap((tariff) => {
    const [priceCents, days] = [tariff.priceCents[zone], tariff.workingDays[zone]];
    if (priceCents === undefined || days === undefined) return [];
    const free = tariff.freeAbove && freeFrom !== null && goodsCents >= freeFrom;
    return [
      {
        id: tariff.id,
        name: tariff.name[locale],
        price: { amount: free ? 0 : inCurrency(priceCents, currency), currency },
        estimatedDelivery: { from: addWorkingDays(today, days[0]), to: addWorkingDays(today, days[1]) },
      },
    ];
  });
}

/** The calendar day (ISO 8601, UTC) so many working days after `start`; Saturdays and Sundays do not count. */
export function addWorkingDays(start: Date, workingDays: number): string {
  const day = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()));
  for (let left = workingDays; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}
