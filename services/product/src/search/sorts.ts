import { LOCALES, SHOP_CURRENCIES } from "@tradepost/contracts/market";
import type { ProductSort } from "@tradepost/contracts/product";
import type { Market } from "../domain/summary.ts";
import type { ProductColumns } from "./product-columns.ts";
import { createSortOrder, type Sortable, type SortKey, type SortOrder } from "./sort-order.ts";

/** `relevance` has no fixed order: it depends on the query. */
export type FixedSort = Exclude<ProductSort, "relevance">;

function sortable(columns: ProductColumns, sort: FixedSort, { locale, currency }: Market): Sortable {
  const idOf = (document: number) => columns.documents[document]?.id ?? "";
  switch (sort) {
    case "newest":
      return { keys: columns.createdAt, isDescending: true, idOf };
    case "rating":
      return { keys: columns.ratings, isDescending: true, idOf };
    case "name":
      return { keys: columns.names[locale], isDescending: false, idOf };
    case "price_asc":
      return { keys: columns.prices[currency].items, isDescending: false, idOf };
    case "price_desc":
      return { keys: columns.prices[currency].items, isDescending: true, idOf };
  }
}

const nameOf = (sort: FixedSort, { locale, currency }: Market): string => {
  if (sort === "newest" || sort === "rating") return sort;
  return `${sort} ${sort === "name" ? locale : currency}`;
};

const [locale] = LOCALES;
const everySort: [FixedSort, Market][] = [
  ...(["newest", "rating"] as const).map((sort): [FixedSort, Market] => [sort, { locale, currency: "EUR" }]),
  ...LOCALES.map((each): [FixedSort, Market] => ["name", { locale: each, currency: "EUR" }]),
  ...SHOP_CURRENCIES.flatMap((currency): [FixedSort, Market][] => [
    ["price_asc", { locale, currency }],
    ["price_desc", { locale, currency }],
  ]),
];

export type Sorter = ReturnType<typeof createSorter>;

/** Keeps an order per sort and market. After a change the earlier order is sorted again, which is nearly linear. */
export function createSorter(columns: ProductColumns) {
  const orders = new Map<string, SortOrder & { documentCount: number; isStale: boolean }>();

  /** The earlier order without what has gone, then what has come. */
  const nearlySorted = (earlier: { documents: number[]; documentCount: number } | undefined): number[] => {
    const documents = (earlier?.documents ?? []).filter((document) => columns.documents[document] !== undefined);
    for (let document = earlier?.documentCount ?? 0; document < columns.documents.length; document++) {
      if (columns.documents[document] !== undefined) documents.push(document);
    }
    return documents;
  };

  const order = (sort: FixedSort, market: Market): SortOrder => {
    const name = nameOf(sort, market);
    const earlier = orders.get(name);
    if (earlier && !earlier.isStale) return earlier;
    const documentCount = columns.documents.length;
    const made = createSortOrder(sortable(columns, sort, market), nearlySorted(earlier), documentCount);
    orders.set(name, { ...made, documentCount, isStale: false });
    return made;
  };

  return {
    order,
    keyOf: (sort: FixedSort, market: Market, document: number): SortKey =>
      sortable(columns, sort, market).keys[document] as SortKey,
    /** Products came or went: orders are made anew when they are next asked for, or by `prepare`. */
    changed(): void {
      for (const each of orders.values()) each.isStale = true;
    },
    /** Makes one stale or missing order per step, so that no request has to. */
    *prepare(): Generator<void> {
      for (const [sort, market] of everySort) {
        order(sort, market);
        yield;
      }
    },
  };
}
