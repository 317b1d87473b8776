import type { Product, ProductSummary, Variant, VariantDetails } from "@tradepost/contracts/product";
import { type CatalogueCategory, type CatalogueProduct, type CatalogueVariant, textIn } from "./catalogue.ts";
import { localImage, type Market, pricesOf } from "./summary.ts";

export interface Surroundings {
  categories: readonly CatalogueCategory[];
  availableOf: (sku: string) => number;
  related: ProductSummary[];
}

/** A product without its times, which no page shows. */
export type PageProduct = Omit<CatalogueProduct, "createdAt" | "updatedAt">;

export function toProductPage(
  product: PageProduct,
  { categories, availableOf, related }: Surroundings,
  market: Market,
): Product {
  const { locale } = market;
  return {
    id: product.id,
    slug: product.slug,
    name: textIn(product.name, locale),
    description: textIn(product.description, locale),
    brand: product.brand,
    categories: categories.map(({ id, slug, name }) => ({ id, slug, name: textIn(name, locale) })),
    images: product.images.map((image) => localImage(image, locale)),
    options: product.options.map(({ name, label, values }) => ({
      name,
      label: textIn(label, locale),
      values: values.map((value) => ({ ...value, label: textIn(value.label, locale) })),
    })),
    attributes: product.attributes.map(({ name, label, values }) => ({
      name,
      label: textIn(label, locale),
      values: values.map((value) => textIn(value.label, locale)),
    })),
    variants: product.variants.map((variant) => toVariant(variant, availableOf, market)),
    rating: product.rating,
    related,
  };
}

const toVariant = (
  { sku, options, prices, image }: CatalogueVariant,
  availableOf: Surroundings["availableOf"],
  { currency }: Market,
): Variant => ({
  sku,
  options,
  ...pricesOf({ prices }, currency),
  available: availableOf(sku),
  ...(image === undefined ? {} : { image }),
});

/** What carts and orders need to know of a product. */
export type SoldProduct = Omit<CatalogueProduct, "description" | "attributes">;

/** A variant as a cart shows it: its own picture where it has one, its options in words, e.g. `Ink, XL`. */
export function toVariantDetails(
  product: SoldProduct,
  variant: CatalogueVariant,
  available: number,
  { locale, currency }: Market,
): VariantDetails {
  const image = product.images[variant.image ?? 0] ?? product.images[0];
  if (!image) throw new Error(`product ${product.slug} needs an image`);
  const words = product.options.flatMap(({ name, values }) => {
    const chosen = values.find(({ value }) => value === variant.options[name]);
    return chosen ? [textIn(chosen.label, locale)] : [];
  });
  return {
    sku: variant.sku,
    productId: product.id,
    slug: product.slug,
    name: textIn(product.name, locale),
    optionsText: words.join(", "),
    image: localImage(image, locale),
    unitPrice: pricesOf(variant, currency).price,
    available,
    weightGrams: product.weightGrams,
  };
}
