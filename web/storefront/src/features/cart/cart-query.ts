import { queryOptions } from "@tanstack/react-query";
import { getCart } from "@tradepost/contracts/cart";
import { call } from "../../app/api.ts";
import type { Market } from "../../app/market-choice.ts";

export const CART_KEY = ["cart"];

export const cartOptions = ({ locale, currency }: Market) =>
  queryOptions({
    queryKey: [...CART_KEY, locale, currency],
    queryFn: ({ signal }) => call(getCart, { query: { currency } }, { signal }),
    staleTime: 30_000,
    refetchOnWindowFocus: true,
  });
