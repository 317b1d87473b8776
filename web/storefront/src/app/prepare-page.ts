import { categoriesOptions, productListOptions, shelfOptions } from "../features/catalogue/catalogue-queries.ts";
import { productOptions } from "../features/product/product-query.ts";
import { createAllowance } from "./allowance.ts";
import type { Market } from "./market-choice.ts";
import { findPage, listed, type PagePath, type Visit } from "./pages.ts";
import { queryClient } from "./query-client.ts";

const prefetchList = (visit: Visit) =>
  void queryClient.prefetchInfiniteQuery(productListOptions(visit.market, listed(visit)));

const PREFETCH: Partial<Record<PagePath, (visit: Visit) => void>> = {
  "/": ({ market }) => {
    void queryClient.prefetchQuery(shelfOptions(market, "newest"));
    void queryClient.prefetchQuery(shelfOptions(market, "rating"));
  },
  "/shop": prefetchList,
  "/category/:slug": prefetchList,
  "/search": prefetchList,
  "/product/:slug": ({ params, market }) => void queryClient.prefetchQuery(productOptions(market, params.slug ?? "")),
};

/** The gateway counts each visitor's requests; looking around must not use up what buying needs. */
const mayPrefetch = createAllowance(12, 60_000);

/** Loads the code and data of the page at `address` before it is shown; a failure is left to the page itself. */
export function preparePage(address: string, market: Market): void {
  const found = findPage(address, market);
  if (!found) return;
  found.page.load().catch(() => {});
  void queryClient.prefetchQuery(categoriesOptions(market));
  if (mayPrefetch()) PREFETCH[found.path]?.(found.visit);
}
