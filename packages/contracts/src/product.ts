import { z } from "zod";
import { defineEvent } from "./event.ts";
import { Id, IsoTime, Sku, Slug } from "./ids.ts";
import { Locale, MarketQuery } from "./market.ts";
import { Currency, Money } from "./money.ts";
import { PageQuery, pageOf } from "./paging.ts";
import { Reconcile, ReconciliationReport } from "./reconciliation.ts";
import { defineRoute, service } from "./route.ts";

export const Image = z.object({
  url: z.string(),
  thumbnailUrl: z.string(),
  alt: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type Image = z.output<typeof Image>;

/** Mean of the shop's reviews, 1.0 to 5.0, and how many there are. */
export const Rating = z.object({ average: z.number().min(1).max(5), count: z.int().nonnegative() });

export const Category = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  description: z.string(),
  parentId: Id.nullable(),
  productCount: z.int().nonnegative(),
  image: Image.nullable(),
});
export type Category = z.output<typeof Category>;

/** What a list shows of a product. `price` is its cheapest variant's; `available` counts all its variants. */
export const ProductSummary = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  brand: z.string(),
  image: Image,
  price: Money,
  compareAtPrice: Money.optional(),
  priceVaries: z.boolean(),
  available: z.int().nonnegative(),
  swatches: z.array(z.string()),
  rating: Rating.nullable(),
});
export type ProductSummary = z.output<typeof ProductSummary>;

export const Variant = z.object({
  sku: Sku,
  options: z.record(z.string(), z.string()),
  price: Money,
  compareAtPrice: Money.optional(),
  available: z.int().nonnegative(),
  /** Index into the product's images. */
  image: z.int().nonnegative().optional(),
});
export type Variant = z.output<typeof Variant>;

export const ProductOption = z.object({
  name: z.string(),
  label: z.string(),
  values: z.array(z.object({ value: z.string(), label: z.string(), swatch: z.string().optional() })),
});

export const Product = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  description: z.string(),
  brand: z.string(),
  categories: z.array(z.object({ id: Id, slug: Slug, name: z.string() })),
  images: z.array(Image),
  options: z.array(ProductOption),
  attributes: z.array(z.object({ name: z.string(), label: z.string(), values: z.array(z.string()) })),
  variants: z.array(Variant),
  rating: Rating.nullable(),
  related: z.array(ProductSummary),
});
export type Product = z.output<typeof Product>;

/** Facet fields a list can be narrowed by; each may be given several times, and any of its values then fits. */
export const FACET_FIELDS = ["brand", "colour", "size", "material"] as const;
const FacetValues = z
  .union([z.string().max(80), z.array(z.string().max(80)).max(30)])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .optional();

export const ProductSort = z.enum(["relevance", "newest", "price_asc", "price_desc", "rating", "name"]);
export type ProductSort = z.output<typeof ProductSort>;

/** Prices in minor units of the asked currency. Without `sort`: by relevance when there is a query, else newest first. */
export const ProductListQuery = z.object({
  ...PageQuery.shape,
  ...MarketQuery.shape,
  category: Slug.optional(),
  q: z.string().trim().max(120).optional(),
  brand: FacetValues,
  colour: FacetValues,
  size: FacetValues,
  material: FacetValues,
  minPrice: z.coerce.number().int().nonnegative().optional(),
  maxPrice: z.coerce.number().int().nonnegative().optional(),
  minRating: z.coerce.number().min(1).max(5).optional(),
  inStock: z.stringbool().optional(),
  sort: ProductSort.optional(),
});
export type ProductListQuery = z.output<typeof ProductListQuery>;

export const Facet = z.object({
  field: z.string(),
  values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int().nonnegative() })),
});
export type Facet = z.output<typeof Facet>;

export const ProductPage = z.object({
  ...pageOf(ProductSummary).shape,
  total: z.int().nonnegative(),
  /** Counts for each facet as if that facet itself were not narrowed. */
  facets: z.array(Facet),
  /** Lowest and highest price in the whole result, for a price slider; null when nothing is found. */
  priceRange: z.object({ min: Money, max: Money }).nullable(),
  /** What was searched instead, when the query itself found nothing and a close spelling did. */
  correctedQuery: z.string().nullable(),
});
export type ProductPage = z.output<typeof ProductPage>;

export const listCategories = defineRoute({
  method: "GET",
  path: "/v1/categories",
  summary: "All categories as a flat list of a tree",
  access: "public",
  success: { status: 200, body: z.object({ items: z.array(Category) }) },
  failures: [],
});

export const listProducts = defineRoute({
  method: "GET",
  path: "/v1/products",
  summary: "Find products by category, text and facets",
  access: "public",
  querystring: ProductListQuery,
  success: { status: 200, body: ProductPage },
  failures: [404],
});

export const getProduct = defineRoute({
  method: "GET",
  path: "/v1/products/:slug",
  summary: "One product with its variants",
  access: "public",
  params: z.object({ slug: Slug }),
  querystring: MarketQuery,
  success: { status: 200, body: Product },
  failures: [404],
});

export const suggest = defineRoute({
  method: "GET",
  path: "/v1/suggestions",
  summary: "Products, categories and queries while the shopper types",
  access: "public",
  querystring: z.object({ ...MarketQuery.shape, q: z.string().trim().min(1).max(120) }),
  success: {
    status: 200,
    body: z.object({
      products: z.array(ProductSummary.pick({ slug: true, name: true, image: true, price: true })),
      categories: z.array(z.object({ slug: Slug, name: z.string() })),
      queries: z.array(z.string()),
    }),
  },
  failures: [],
});

/** A variant as carts and orders need it: the only source of prices. */
export const VariantDetails = z.object({
  sku: Sku,
  productId: Id,
  slug: Slug,
  name: z.string(),
  optionsText: z.string(),
  image: Image,
  unitPrice: Money,
  available: z.int().nonnegative(),
  weightGrams: z.int().nonnegative(),
});
export type VariantDetails = z.output<typeof VariantDetails>;

export const lookUpVariants = defineRoute({
  method: "POST",
  path: "/internal/variants/lookup",
  summary: "Current names, prices and availability of variants; unknown SKUs are left out",
  repeatable: true,
  access: service("cart", "order"),
  body: z.object({ skus: z.array(Sku).min(1).max(200), currency: Currency, locale: Locale }),
  success: { status: 200, body: z.object({ items: z.array(VariantDetails) }) },
  failures: [],
});

export const StockLine = z.object({ sku: Sku, quantity: z.int().min(1).max(999) });
export type StockLine = z.output<typeof StockLine>;

/** A line that cannot be had as asked: what a `stock.insufficient` problem carries in `lines`. */
export const StockShortage = z.object({ sku: Sku, requested: z.int(), available: z.int().nonnegative() });
export type StockShortage = z.output<typeof StockShortage>;

export const holdStock = defineRoute({
  method: "PUT",
  path: "/internal/holds/:orderId",
  summary: "Hold all lines of an order or none; repeating it changes nothing",
  access: service("order"),
  params: z.object({ orderId: Id }),
  body: z.object({ lines: z.array(StockLine).min(1).max(100), until: IsoTime }),
  success: { status: 200, body: z.object({ orderId: Id, until: IsoTime }) },
  failures: [409],
});

export const reconcileStock = defineRoute({
  method: "POST",
  path: "/internal/stock/reconciliation",
  summary: "Compare the orders with holds, sales and stock, and repair what can be repaired",
  access: service("operations"),
  repeatable: true,
  body: Reconcile,
  success: { status: 200, body: ReconciliationReport },
  failures: [],
});

/** A paid order whose units could not be taken from stock: the order service refunds it. */
export const stockShortfall = defineEvent(
  "stock.shortfall",
  1,
  z.object({ orderId: Id, lines: z.array(StockShortage) }),
);

export const productRoutes = {
  listCategories,
  listProducts,
  getProduct,
  suggest,
  lookUpVariants,
  holdStock,
  reconcileStock,
};
export const productEvents = { stockShortfall };
