import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../app/api.ts";
import type { Market } from "../../app/market-choice.ts";
import { askProduct } from "../catalogue/catalogue-questions.ts";

export const productOptions = (market: Market, slug: string) =>
  queryOptions({
    queryKey: ["product", slug, market.locale, market.currency],
    queryFn: ({ signal }) => ask(askProduct(market, slug), signal),
  });
