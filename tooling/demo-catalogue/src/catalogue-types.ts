import { z } from "zod";

/** The locales every text of the demo shop has. */
export const LOCALES = ["en", "de"] as const;

const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(120);

/** One text in every locale of the shop. */
export const LocalText = z.object({ en: z.string().min(1), de: z.string().min(1) });
export type LocalText = z.output<typeof LocalText>;

export const DemoCategory = z.object({
  id: z.uuid(),
  slug: Slug,
  name: LocalText,
  parentSlug: Slug.nullable(),
  description: LocalText,
  position: z.int().nonnegative(),
  /** The banner of a top-level category; its leaves have none. */
  image: z.object({ url: z.string(), thumbnailUrl: z.string(), width: z.int(), height: z.int() }).optional(),
});
export type DemoCategory = z.output<typeof DemoCategory>;

/** A picture: 1200 px square at `url`, 480 px square at `thumbnailUrl`, both WebP that `render.ts` writes. */
export const DemoImage = z.object({
  url: z.string().regex(/^\/media\/products\/[a-z0-9-]+\/\d+-1200\.webp$/),
  thumbnailUrl: z.string().regex(/^\/media\/products\/[a-z0-9-]+\/\d+-480\.webp$/),
  alt: LocalText,
  width: z.int().positive(),
  height: z.int().positive(),
});
export type DemoImage = z.output<typeof DemoImage>;

export const DemoOption = z.object({
  name: z.string(),
  label: LocalText,
  values: z.array(
    z.object({
      value: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
      label: LocalText,
      swatch: z
        .string()
        .regex(/^#[0-9a-f]{6}$/)
        .optional(),
    }),
  ),
});
export type DemoOption = z.output<typeof DemoOption>;

/** A price in minor units; `compareAt` is the higher price before a sale. */
export const DemoPrice = z.object({ amount: z.int().positive(), compareAt: z.int().positive().optional() });
export type DemoPrice = z.output<typeof DemoPrice>;

export const DemoVariant = z.object({
  sku: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,63}$/),
  options: z.record(z.string(), z.string()),
  prices: z.object({ EUR: DemoPrice, USD: DemoPrice, GBP: DemoPrice }),
  stock: z.int().nonnegative(),
  /** Index into the product's images of the picture that shows this variant. */
  image: z.int().nonnegative(),
});
export type DemoVariant = z.output<typeof DemoVariant>;

export const DemoProduct = z.object({
  id: z.uuid(),
  slug: Slug,
  name: LocalText,
  description: LocalText,
  brand: z.string().min(1),
  categorySlugs: z.array(Slug).min(1),
  images: z.array(DemoImage).min(2),
  options: z.array(DemoOption),
  /** Facts to filter by, as stable keys: `{ material: ["oak"], colour: ["green"] }`; words are in `attributeLabels`. */
  attributes: z.record(z.string(), z.array(z.string())),
  variants: z.array(DemoVariant).min(1),
  rating: z.object({ average: z.number().min(1).max(5), count: z.int().nonnegative() }),
  createdAt: z.iso.datetime(),
  weightGrams: z.int().positive(),
});
export type DemoProduct = z.output<typeof DemoProduct>;

export const DemoAttribute = z.object({ label: LocalText, values: z.record(z.string(), LocalText) });
export type DemoAttribute = z.output<typeof DemoAttribute>;

export const DemoCatalogue = z.object({
  categories: z.array(DemoCategory),
  products: z.array(DemoProduct),
  /** What each attribute and each of its values is called. */
  attributeLabels: z.record(z.string(), DemoAttribute),
});
export type DemoCatalogue = z.output<typeof DemoCatalogue>;
