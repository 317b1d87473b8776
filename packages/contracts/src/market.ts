import { z } from "zod";
import { Currency } from "./money.ts";

/** Locales the shop's texts come in; the first is the default and always there. */
export const LOCALES = ["en", "de"] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.output<typeof Locale>;

/** Currencies each variant has a price in; the first is the default. */
export const SHOP_CURRENCIES = Currency.options;

/** What prices are shown in; the preferences of a new account begin with it. */
export const ShownCurrency = Currency.default("EUR");

/** The query every route with prices understands. The locale comes from `Accept-Language`. */
export const MarketQuery = z.object({ currency: ShownCurrency });

/** Nobody reads more languages; a header may name thousands. */
const MAX_LANGUAGES = 50;

/**
 * The shop's locale that fits an `Accept-Language` header best (RFC 9110 §12.5.4, by primary language and quality);
 * the default locale where none fits or the header is missing or malformed.
 */
export function chooseLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",", MAX_LANGUAGES)
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined);
      return { language: tag.split("-")[0], quality: q === undefined ? 1 : Number(q) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    const fit = LOCALES.find((locale) => locale === language);
    if (fit) return fit;
  }
  return LOCALES[0];
}
