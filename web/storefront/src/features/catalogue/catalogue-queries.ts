import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { listCategories, listProducts, type ProductSort, suggest } from "@tradepost/contracts/product";
import { call } from "../../app/api.ts";
import type { Market } from "../../app/market.tsx";
import type { Narrowing } from "./narrowing.ts";

const PAGE_SIZE = 24;
const SHELF_SIZE = 8;
const CATEGORIES_FRESH_MS = 10 * 60_000;

export const categoriesOptions = ({ locale }: Market) =>
  queryOptions({
    queryKey: ["categories", locale],
    queryFn: ({ signal }) => call(listCategories, {}, { signal }),
    select: ({ items }) => items,
    staleTime: CATEGORIES_FRESH_MS,
  });

export const productListOptions = ({ locale, currency }: Market, narrowing: Narrowing) =>
  infiniteQueryOptions({
    queryKey: ["products", locale, currency, narrowing],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const { facets, ...rest } = narrowing;
      const query = { ...rest, ...facets, inStock: rest.inStock ? "true" : undefined, currency, limit: PAGE_SIZE };
      return call(listProducts, { query: { ...query, cursor: pageParam } }, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** A handful of products in one order, as the start page shows them. */
export const shelfOptions = ({ locale, currency }: Market, sort: ProductSort) =>
  queryOptions({
    queryKey: ["shelf", locale, currency, sort],
    queryFn: ({ signal }) =>
      call(listProducts, { query: { currency, sort, limit: SHELF_SIZE, inStock: "true" } }, { signal }),
    select: ({ items }) => items,
  });

export const suggestionsOptions = ({ locale, currency }: Market, q: string) =>
  queryOptions({
    queryKey: ["suggestions", locale, currency, q],
    queryFn: ({ signal }) => call(suggest, { query: { q, currency } }, { signal }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
