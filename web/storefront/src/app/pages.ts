import type { ComponentType } from "react";
import { askCategories, askProduct, askProducts, askShelf } from "../features/catalogue/catalogue-questions.ts";
import { type Narrowing, narrowingFromUrl } from "../features/catalogue/narrowing.ts";
import { askEarly, type Question } from "./early-answers.ts";
import type { Market } from "./market-choice.ts";
import { matchAddress } from "./match-address.ts";

export interface Visit {
  params: Record<string, string>;
  search: URLSearchParams;
  market: Market;
}

/** The list that a listing's address shows. */
export const listed = ({ params, search }: Visit): Narrowing => ({
  ...narrowingFromUrl(search),
  ...(params.slug && { category: params.slug }),
  ...(search.get("q") && { q: search.get("q")?.trim().slice(0, 120) ?? "" }),
});
const asksForList = (visit: Visit): Question[] => [askProducts(visit.market, listed(visit))];

interface Page {
  load: () => Promise<{ default: ComponentType }>;
  /** What the page will ask the server besides the categories, which every page needs. */
  asks?: (visit: Visit) => Question[];
}

/** Every address of the shop. This module must stay free of libraries: it runs before they are there. */
export const PAGES = {
  "/": {
    load: () => import("../features/catalogue/home-page.tsx"),
    asks: ({ market }) => [askShelf(market, "newest"), askShelf(market, "rating")],
  },
  "/shop": { load: () => import("../features/catalogue/shop-page.tsx"), asks: asksForList },
  "/category/:slug": { load: () => import("../features/catalogue/category-page.tsx"), asks: asksForList },
  "/search": { load: () => import("../features/catalogue/search-page.tsx"), asks: asksForList },
  "/product/:slug": {
    load: () => import("../features/product/product-page.tsx"),
    asks: ({ params, market }) => [askProduct(market, params.slug ?? "")],
  },
  "/cart": { load: () => import("../features/cart/cart-page.tsx") },
  "/checkout": { load: () => import("../features/checkout/checkout-page.tsx") },
  "/checkout/pay/:orderId": { load: () => import("../features/checkout/pay-page.tsx") },
  "/checkout/return": { load: () => import("../features/checkout/return-page.tsx") },
  "/confirmation/:orderId": { load: () => import("../features/checkout/confirmation-page.tsx") },
  "/orders/:orderId": { load: () => import("../features/orders/order-page.tsx") },
  "/account": { load: () => import("../features/account/account-page.tsx") },
  "/account/security": { load: () => import("../features/account/security-page.tsx") },
  "/account/privacy": { load: () => import("../features/account/privacy-page.tsx") },
  "/account/verify": { load: () => import("../features/account/verify-email-page.tsx") },
  "/account/reset": { load: () => import("../features/account/reset-password-page.tsx") },
  "/forgot-password": { load: () => import("../features/account/forgot-password-page.tsx") },
  "/account/orders": { load: () => import("../features/orders/orders-page.tsx") },
  "/sign-in/:providerId": { load: () => import("../features/account/provider-page.tsx") },
  "/sign-in": { load: () => import("../features/account/sign-in-page.tsx") },
  "/register": { load: () => import("../features/account/register-page.tsx") },
} as const satisfies Record<string, Page>;

export type PagePath = keyof typeof PAGES;

/** Which page an address leads to, and with what; undefined where there is none. */
export function findPage(address: string, market: Market): { path: PagePath; page: Page; visit: Visit } | undefined {
  const [path = "/", query = ""] = address.split("#")[0]?.split("?") ?? [];
  for (const [pattern, page] of Object.entries(PAGES) as [PagePath, Page][]) {
    const params = matchAddress(pattern, path);
    if (params) return { path: pattern, page, visit: { params, search: new URLSearchParams(query), market } };
  }
  return undefined;
}

/** Loads a page's code and asks its questions while the libraries are still on their way. */
export function startPage(address: string, market: Market): void {
  askEarly(askCategories(), market.locale);
  const found = findPage(address, market);
  if (!found) return;
  found.page.load().catch(() => {});
  for (const question of found.page.asks?.(found.visit) ?? []) askEarly(question, market.locale);
}
