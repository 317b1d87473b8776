import { Sku, Slug } from "@tradepost/contracts/ids";
import { Locale } from "@tradepost/contracts/market";
import { Currency } from "@tradepost/contracts/money";
import { z } from "zod";

const Text = z.partialRecord(Locale, z.string().min(1)).and(z.object({ en: z.string().min(1) }));
const Price = z.object({ amount: z.int().nonnegative(), compareAt: z.int().positive().exactOptional() });
const Prices = z.partialRecord(Currency, Price).and(z.object({ EUR: Price }));
const Picture = z.object({
  url: z.string(),
  thumbnailUrl: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
});

const FileCategory = z.object({
  id: z.uuid(),
  slug: Slug,
  name: Text,
  description: Text,
  parentSlug: Slug.nullable(),
  position: z.int().nonnegative(),
  image: Picture.exactOptional(),
});
export type FileCategory = z.output<typeof FileCategory>;

const FileProduct = z.object({
  id: z.uuid(),
  slug: Slug,
  name: Text,
  description: Text,
  brand: z.string().min(1),
  categorySlugs: z.array(Slug).min(1),
  images: z.array(Picture.extend({ alt: Text })).min(1),
  options: z.array(
    z.object({
      name: z.string(),
      label: Text,
      values: z.array(z.object({ value: z.string(), label: Text, swatch: z.string().exactOptional() })),
    }),
  ),
  /** Attribute name → its values; what they are called is in `attributeLabels`. */
  attributes: z.record(z.string(), z.array(z.string())),
  variants: z
    .array(
      z.object({
        sku: Sku,
        options: z.record(z.string(), z.string()),
        prices: Prices,
        stock: z.int().nonnegative(),
        image: z.int().nonnegative().exactOptional(),
      }),
    )
    .min(1),
  rating: z.object({ average: z.number().min(1).max(5), count: z.int().nonnegative() }).nullable(),
  createdAt: z.iso.datetime(),
  weightGrams: z.int().nonnegative(),
});
export type FileProduct = z.output<typeof FileProduct>;

/** A catalogue as it is imported. `stock` is what a SKU starts with; stock that exists is left alone. */
export const CatalogueFile = z.object({
  categories: z.array(FileCategory),
  products: z.array(FileProduct),
  attributeLabels: z.record(z.string(), z.object({ label: Text, values: z.record(z.string(), Text) })),
});
export type CatalogueFile = z.output<typeof CatalogueFile>;
