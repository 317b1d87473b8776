import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { Image, ProductSummary } from "@tradepost/contracts/product";
import { type CatalogueImage, type CatalogueVariant, priceIn, textIn } from "./catalogue.ts";
import type { ListedProduct } from "./listed-product.ts";

export interface Market {
  locale: Locale;
  currency: Currency;
}

type Priced = Pick<CatalogueVariant, "prices">;

export const localImage = ({ alt, url, thumbnailUrl, width, height }: CatalogueImage, locale: Locale): Image => ({
  url,
  thumbnailUrl,
  alt: textIn(alt, locale),
  width,
  height,
});

/** A `Money` and, on sale, the one it is compared with. */
export function pricesOf({ prices }: Priced, wanted: Currency) {
  const { amount, compareAt, currency } = priceIn(prices, wanted);
  return {
    price: { amount, currency },
    ...(compareAt === undefined ? {} : { compareAtPrice: { amount: compareAt, currency } }),
  };
}

/** The variant a list shows the price of. */
export function cheapestOf<V extends Priced>(variants: readonly V[], currency: Currency): V {
  const amountOf = ({ prices }: V) => priceIn(prices, currency).amount;
  return variants.reduce((best, variant) => (amountOf(variant) < amountOf(best) ? variant : best));
}

export function summarise(product: ListedProduct, available: number, { locale, currency }: Market): ProductSummary {
  const { price, ...compareAt } = pricesOf(cheapestOf(product.variants, currency), currency);
  return {
    id: product.id,
    slug: product.slug,
    name: textIn(product.name, locale),
    brand: product.brand,
    image: localImage(product.image, locale),
    price,
    ...compareAt,
    priceVaries: product.variants.some(({ prices }) => priceIn(prices, currency).amount !== price.amount),
    available,
    swatches: product.swatches,
    rating: product.rating,
  };
}
