import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Address } from "@tradepost/contracts/address";
import type { Cart } from "@tradepost/contracts/cart";
import { createQuote } from "@tradepost/contracts/order";
import { call } from "../../app/api.ts";
import type { Market } from "../../app/market-choice.ts";

export const QUOTE_KEY = ["quote"];

interface QuoteWish {
  shippingAddress?: Address;
  shippingOptionId?: string;
  promotionCodes?: string[];
}

/** What this cart costs; asked anew whenever a line, the address, the shipping or a code changes. */
export const quoteOptions = ({ locale, currency }: Market, cart: Cart | undefined, wish: QuoteWish) => {
  const lines = cart?.lines.map(({ sku, quantity }) => [sku, quantity]) ?? [];
  return queryOptions({
    queryKey: [...QUOTE_KEY, locale, currency, lines, wish],
    queryFn: ({ signal }) => call(createQuote, { query: { currency }, body: wish }, { signal }),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
  });
};
