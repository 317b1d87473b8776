import { queryOptions } from "@tanstack/react-query";
import { getProduct } from "@tradepost/contracts/product";
import { call } from "../../app/api.ts";
import type { Market } from "../../app/market.tsx";

export const productOptions = ({ locale, currency }: Market, slug: string) =>
  queryOptions({
    queryKey: ["product", slug, locale, currency],
    queryFn: ({ signal }) => call(getProduct, { params: { slug }, query: { currency } }, { signal }),
  });
