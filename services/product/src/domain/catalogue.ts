import { LOCALES, type Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";

const [DEFAULT_LOCALE] = LOCALES;
const DEFAULT_CURRENCY = "EUR" satisfies Currency;

/** A text per locale; the shop's default one is always there. */
export type LocalText = Partial<Record<Locale, string>> & Record<typeof DEFAULT_LOCALE, string>;
/** Minor units; `compareAt` is the higher price before a sale. */
export interface Price {
  amount: number;
  compareAt?: number;
}
export type Prices = Partial<Record<Currency, Price>> & Record<typeof DEFAULT_CURRENCY, Price>;

export interface CatalogueImage {
  url: string;
  thumbnailUrl: string;
  alt: LocalText;
  width: number;
  height: number;
}

export interface CatalogueOption {
  name: string;
  label: LocalText;
  values: { value: string; label: LocalText; swatch?: string }[];
}

export interface CatalogueAttribute {
  name: string;
  label: LocalText;
  values: { value: string; label: LocalText }[];
}

export interface CatalogueVariant {
  sku: string;
  /** Option name → value. */
  options: Record<string, string>;
  prices: Prices;
  /** Index into the product's images. */
  image?: number;
}

export interface CatalogueProduct {
  id: string;
  slug: string;
  brand: string;
  categoryIds: string[];
  name: LocalText;
  description: LocalText;
  images: CatalogueImage[];
  options: CatalogueOption[];
  attributes: CatalogueAttribute[];
  variants: CatalogueVariant[];
  rating: { average: number; count: number } | null;
  weightGrams: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface CatalogueCategory {
  id: string;
  slug: string;
  parentId: string | null;
  name: LocalText;
  description: LocalText;
  image: Omit<CatalogueImage, "alt"> | null;
  position: number;
  updatedAt: Date;
}

export const textIn = (text: LocalText, locale: Locale): string => text[locale] ?? text[DEFAULT_LOCALE];

/** The price in `currency`, or in the shop's own where the variant has none in it. */
export function priceIn(prices: Prices, currency: Currency): Price & { currency: Currency } {
  const price = prices[currency];
  return price ? { ...price, currency } : { ...prices[DEFAULT_CURRENCY], currency: DEFAULT_CURRENCY };
}
