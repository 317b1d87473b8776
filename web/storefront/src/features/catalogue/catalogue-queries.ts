import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type ProductSort, suggest } from "@tradepost/contracts/product";
import { ask, call } from "../../app/api.ts";
import type { Market } from "../../app/market-choice.ts";
import { askCategories, askProducts, askShelf } from "./catalogue-questions.ts";
import type { Narrowing } from "./narrowing.ts";

const CATEGORIES_FRESH_MS = 10 * 60_000;

export const categoriesOptions = ({ locale }: Market) =>
  queryOptions({
    queryKey: ["categories", locale],
    queryFn: ({ signal }) => ask(askCategories(), signal),
    select: ({ items }) => items,
    staleTime: CATEGORIES_FRESH_MS,
  });

export const productListOptions = (market: Market, narrowing: Narrowing) =>
  infiniteQueryOptions({
    queryKey: ["products", market.locale, market.currency, narrowing],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => ask(askProducts(market, narrowing, pageParam), signal),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** A handful of products in one order, as the start page shows them. */
export const shelfOptions = (market: Market, sort: ProductSort) =>
  queryOptions({
    queryKey: ["shelf", market.locale, market.currency, sort],
    queryFn: ({ signal }) => ask(askShelf(market, sort), signal),
    select: ({ items }) => items,
  });

export const suggestionsOptions = ({ locale, currency }: Market, q: string) =>
  queryOptions({
    queryKey: ["suggestions", locale, currency, q],
    queryFn: ({ signal }) => call(suggest, { query: { q, currency } }, { signal }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
