import { FACET_FIELDS, type Facet, type ProductListQuery, type ProductPage } from "@tradepost/contracts/product";
import { AppError, invalidRequest } from "@tradepost/service-runtime/app-error";
import { textIn } from "../domain/catalogue.ts";
import { orderFacetValues } from "../domain/facet-order.ts";
import { type Market, summarise } from "../domain/summary.ts";
import { type Cursor, decodeCursor, encodeCursor } from "../search/cursor.ts";
import type { ProductColumns } from "../search/product-columns.ts";
import type { Found } from "../search/product-index.ts";
import type { CatalogueView } from "./follow-catalogue.ts";

const ANY_PRICE = Number.MAX_SAFE_INTEGER;
const MAX_FACET_VALUES = 60;

/** Finds products. Throws 404 for an unknown category and 400 for a cursor of another list. */
export const listProducts =
  ({ view }: { view: CatalogueView }) =>
  (query: ProductListQuery, market: Market): ProductPage => {
    const index = view.index();
    const q = query.q ?? "";
    const asked = query.sort ?? "relevance";
    // Without a query nothing is more relevant than another.
    const sort = asked === "relevance" && q === "" ? "newest" : asked;
    const { brand, colour, size, material } = query;
    const found = index.search({
      ...market,
      q,
      categoryIds: query.category === undefined ? undefined : categoryIds(view, query.category),
      facets: {
        ...(brand && { brand }),
        ...(colour && { colour }),
        ...(size && { size }),
        ...(material && { material }),
      },
      minPrice: query.minPrice ?? 0,
      maxPrice: query.maxPrice ?? ANY_PRICE,
      minRating: query.minRating ?? 0,
      inStock: query.inStock ?? false,
      sort,
      cursor: readCursor(query.cursor, sort),
      limit: query.limit,
    });
    return {
      items: found.page.map(({ product, available }) => summarise(product, available, market)),
      nextCursor: found.next && encodeCursor(found.next),
      total: found.hits.length,
      facets: facetsOf(index.columns, found, query, market),
      priceRange: priceRange(found, market),
      correctedQuery: found.corrected,
    };
  };

const MANY_PRODUCTS = 20_000;

/** Whether making the list looks at so many products that it takes longer than asking Redis for it. */
export const isCostlyList =
  ({ view }: { view: { index(): { productCount(): number } } }) =>
  (query: ProductListQuery): boolean => {
    if (query.q !== undefined || query.category !== undefined) return false;
    const sieved = [query.minPrice, query.maxPrice, query.minRating, query.inStock].some((each) => each !== undefined);
    const hasFacets = FACET_FIELDS.some((field) => query[field] !== undefined);
    return (sieved || !hasFacets) && view.index().productCount() > MANY_PRODUCTS;
  };

function categoryIds({ categories }: CatalogueView, slug: string): string[] {
  const category = categories().find(slug);
  if (!category) throw new AppError(404, "category.not_found", "There is no such category");
  return categories().withDescendants(category.id);
}

function readCursor(text: string | undefined, sort: Cursor["sort"]): Cursor | undefined {
  if (text === undefined) return undefined;
  const cursor = decodeCursor(text);
  if (cursor?.sort === sort) return cursor;
  throw invalidRequest([{ path: "cursor", message: "is not one of this list" }]);
}

/** Values that some product has, and those that are chosen. */
function facetsOf(columns: ProductColumns, { counts }: Found, query: ProductListQuery, { locale }: Market): Facet[] {
  return FACET_FIELDS.flatMap((field) => {
    const chosen = new Set(query[field]);
    const values = columns.facets[field].values.flatMap(({ value, label }, number) => {
      const count = counts[field][number] ?? 0;
      return count > 0 || chosen.has(value) ? [{ value, label: textIn(label, locale), count }] : [];
    });
    return values.length === 0 ? [] : [{ field, values: orderFacetValues(field, values, chosen, MAX_FACET_VALUES) }];
  });
}

const priceRange = ({ hits, minPrice, maxPrice }: Found, { currency }: Market): ProductPage["priceRange"] =>
  hits.length === 0 ? null : { min: { amount: minPrice, currency }, max: { amount: maxPrice, currency } };
