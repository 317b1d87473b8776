import { FACET_FIELDS, type ProductSort } from "@tradepost/contracts/product";

export type FacetField = (typeof FACET_FIELDS)[number];
export const SORTS = [
  "relevance",
  "newest",
  "price_asc",
  "price_desc",
  "rating",
  "name",
] as const satisfies ProductSort[];

/** What a list of products is narrowed to. Its one home is the address, so that it can be shared and gone back to. */
export interface Narrowing {
  category?: string;
  q?: string;
  facets: Partial<Record<FacetField, string[]>>;
  /** In minor units of the shown currency. */
  minPrice?: number;
  maxPrice?: number;
  minRating?: number;
  inStock?: boolean;
  sort?: ProductSort;
}

const wholeNumber = (text: string | null, min: number, max: number): number | undefined => {
  const number = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
};

/** Reads an address's query; what it cannot understand is left out rather than sent to the server. */
export function narrowingFromUrl(search: URLSearchParams): Narrowing {
  const narrowing: Narrowing = { facets: {} };
  for (const field of FACET_FIELDS) {
    const values = [...new Set(search.getAll(field))]
      .filter((value) => value !== "" && value.length <= 80)
      .slice(0, 30);
    if (values.length > 0) narrowing.facets[field] = values;
  }
  const minPrice = wholeNumber(search.get("minPrice"), 0, 999_999_999);
  const maxPrice = wholeNumber(search.get("maxPrice"), 0, 999_999_999);
  const minRating = wholeNumber(search.get("minRating"), 1, 5);
  const sort = SORTS.find((one) => one === search.get("sort"));
  if (minPrice !== undefined) narrowing.minPrice = minPrice;
  if (maxPrice !== undefined) narrowing.maxPrice = maxPrice;
  if (minRating !== undefined) narrowing.minRating = minRating;
  if (search.get("inStock") === "true") narrowing.inStock = true;
  if (sort) narrowing.sort = sort;
  return narrowing;
}

/** The query of the address that shows this narrowing, apart from the category (a path) and with the search text. */
export function narrowingToUrl(narrowing: Narrowing): URLSearchParams {
  const search = new URLSearchParams();
  if (narrowing.q) search.set("q", narrowing.q);
  for (const field of FACET_FIELDS) for (const value of narrowing.facets[field] ?? []) search.append(field, value);
  for (const key of ["minPrice", "maxPrice", "minRating", "sort"] as const) {
    if (narrowing[key] !== undefined) search.set(key, String(narrowing[key]));
  }
  if (narrowing.inStock) search.set("inStock", "true");
  return search;
}

/** Adds the value to the facet, or takes it out when it is in. */
export function toggleFacet(narrowing: Narrowing, field: FacetField, value: string): Narrowing {
  const { [field]: chosen = [], ...others } = narrowing.facets;
  const values = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return { ...narrowing, facets: values.length > 0 ? { ...others, [field]: values } : others };
}

/** Without any filter; category, search text and order stay. */
export function clearFilters({ category, q, sort }: Narrowing): Narrowing {
  return { facets: {}, ...(category && { category }), ...(q && { q }), ...(sort && { sort }) };
}

export function without<K extends "minPrice" | "maxPrice" | "minRating" | "inStock">(from: Narrowing, ...keys: K[]) {
  const rest: Narrowing = { ...from };
  for (const key of keys) delete rest[key];
  return rest;
}

export const countFilters = ({ facets, minPrice, maxPrice, minRating, inStock }: Narrowing): number =>
  Object.values(facets).reduce((sum, values) => sum + values.length, 0) +
  [minPrice, maxPrice, minRating, inStock].filter((one) => one !== undefined).length;
