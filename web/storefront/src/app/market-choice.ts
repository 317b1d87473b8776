import { chooseLocale, LOCALES, type Locale, SHOP_CURRENCIES } from "@tradepost/contracts/market";
import { inThisBrowser, readStored, writeStored } from "./stored.ts";

export type ShopCurrency = (typeof SHOP_CURRENCIES)[number];
export interface Market {
  locale: Locale;
  currency: ShopCurrency;
}

const KEY = "tradepost.market";
const CURRENCY_BY_REGION: Record<string, ShopCurrency> = { US: "USD", GB: "GBP" };

/** The visitor's last choice, else what the browser's languages suggest. */
export function initialMarket(languages: readonly string[]): Market {
  const stored = readStored<Partial<Market>>(inThisBrowser, KEY);
  const region = new Intl.Locale(languages[0] ?? "en").region;
  return {
    locale: LOCALES.find((one) => one === stored?.locale) ?? chooseLocale(languages.join(",")),
    currency: SHOP_CURRENCIES.find((one) => one === stored?.currency) ?? CURRENCY_BY_REGION[region ?? ""] ?? "EUR",
  };
}

export const keepMarket = (market: Market): void => writeStored(inThisBrowser, KEY, market);
