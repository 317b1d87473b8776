import type { ComponentType } from "react";
import { matchPath } from "react-router";
import { categoriesOptions, productListOptions, shelfOptions } from "../features/catalogue/catalogue-queries.ts";
import { type Narrowing, narrowingFromUrl } from "../features/catalogue/narrowing.ts";
import { productOptions } from "../features/product/product-query.ts";
import { createAllowance } from "./allowance.ts";
import type { Market } from "./market.tsx";
import { queryClient } from "./query-client.ts";

interface Visit {
  params: Record<string, string | undefined>;
  search: URLSearchParams;
  market: Market;
}
interface Page {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Asks for the page's data ahead of its code. */
  prefetch?: (visit: Visit) => void;
}

const prefetchListing = ({ market }: Visit, narrowing: Narrowing) => {
  void queryClient.prefetchInfiniteQuery(productListOptions(market, narrowing));
  void queryClient.prefetchQuery(categoriesOptions(market));
};

/** Every address of the shop. */
export const PAGES: Page[] = [
  {
    path: "/",
    load: () => import("../features/catalogue/home-page.tsx"),
    prefetch: ({ market }) => {
      void queryClient.prefetchQuery(categoriesOptions(market));
      void queryClient.prefetchQuery(shelfOptions(market, "newest"));
      void queryClient.prefetchQuery(shelfOptions(market, "rating"));
    },
  },
  {
    path: "/shop",
    load: () => import("../features/catalogue/shop-page.tsx"),
    prefetch: (visit) => prefetchListing(visit, narrowingFromUrl(visit.search)),
  },
  {
    path: "/category/:slug",
    load: () => import("../features/catalogue/category-page.tsx"),
    prefetch: (visit) =>
      prefetchListing(visit, { ...narrowingFromUrl(visit.search), category: visit.params.slug ?? "" }),
  },
  {
    path: "/search",
    load: () => import("../features/catalogue/search-page.tsx"),
    prefetch: (visit) => prefetchListing(visit, { ...narrowingFromUrl(visit.search), q: visit.search.get("q") ?? "" }),
  },
  {
    path: "/product/:slug",
    load: () => import("../features/product/product-page.tsx"),
    prefetch: ({ params, market }) => void queryClient.prefetchQuery(productOptions(market, params.slug ?? "")),
  },
  { path: "/cart", load: () => import("../features/cart/cart-page.tsx") },
  { path: "/checkout", load: () => import("../features/checkout/checkout-page.tsx") },
  { path: "/checkout/pay/:orderId", load: () => import("../features/checkout/pay-page.tsx") },
  { path: "/checkout/return", load: () => import("../features/checkout/return-page.tsx") },
  { path: "/confirmation/:orderId", load: () => import("../features/checkout/confirmation-page.tsx") },
  { path: "/orders/:orderId", load: () => import("../features/orders/order-page.tsx") },
  { path: "/account", load: () => import("../features/account/account-page.tsx") },
  { path: "/account/orders", load: () => import("../features/orders/orders-page.tsx") },
  { path: "/sign-in", load: () => import("../features/account/sign-in-page.tsx") },
  { path: "/register", load: () => import("../features/account/register-page.tsx") },
];

/** The gateway counts each visitor's requests; looking around must not use up what buying needs. */
const mayPrefetch = createAllowance(12, 60_000);

/** Loads the code and data of the page at `address` before it is shown; a failure is left to the page itself. */
export function preparePage(address: string, market: Market): void {
  const [path = "/", query = ""] = address.split("#")[0]?.split("?") ?? [];
  for (const page of PAGES) {
    const match = matchPath(page.path, path);
    if (!match) continue;
    page.load().catch(() => {});
    if (mayPrefetch()) page.prefetch?.({ params: match.params, search: new URLSearchParams(query), market });
    return;
  }
}
