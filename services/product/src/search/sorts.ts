import type { Market } from "../domain/summary.ts";
import type { ProductColumns } from "./product-columns.ts";
import { createSortOrder, type FixedSort, type SortKey, type SortOrder } from "./sort-order.ts";

/** Ascending keys; what is best comes first. */
function keyIn(columns: ProductColumns, sort: FixedSort, { locale, currency }: Market): (document: number) => SortKey {
  const prices = columns.prices[currency];
  switch (sort) {
    case "newest":
      return (document) => -(columns.createdAt.items[document] as number);
    case "price_asc":
      return (document) => prices.items[document] as number;
    case "price_desc":
      return (document) => -(prices.items[document] as number);
    case "rating":
      return (document) => -(columns.ratings.items[document] as number);
    case "name":
      return (document) => columns.names[locale][document] as string;
  }
}

export interface Sorter {
  order(sort: FixedSort, market: Market): SortOrder;
  keyOf(sort: FixedSort, market: Market, document: number): SortKey;
  /** Products came or went: orders are made anew when they are next asked for. */
  changed(): void;
}

/** Keeps an order per sort and market. After a change the old one is sorted again, which is nearly linear. */
export function createSorter(columns: ProductColumns): Sorter {
  const orders = new Map<string, ReturnType<typeof createSortOrder> & { documentCount: number; isStale: boolean }>();

  /** The last order without what has gone, then what has come. */
  const live = (earlier: { documents: number[]; documentCount: number } | undefined): number[] => {
    const from = earlier?.documentCount ?? 0;
    const added = Array.from({ length: columns.documents.length - from }, (_, i) => from + i);
    return [...(earlier?.documents ?? []), ...added].filter((document) => columns.documents[document] !== undefined);
  };

  return {
    order(sort, market) {
      const name = `${sort} ${sort === "name" ? market.locale : market.currency}`;
      const earlier = orders.get(name);
      if (earlier && !earlier.isStale) return earlier;
      const idOf = (document: number) => columns.documents[document]?.id ?? "";
      const documentCount = columns.documents.length;
      const order = createSortOrder({ keyOf: keyIn(columns, sort, market), idOf }, live(earlier), documentCount);
      orders.set(name, { ...order, documentCount, isStale: false });
      return order;
    },
    keyOf: (sort, market, document) => keyIn(columns, sort, market)(document),
    changed() {
      for (const order of orders.values()) order.isStale = true;
    },
  };
}
