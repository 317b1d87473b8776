import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { ServiceBase } from "@tradepost/service-runtime/service-base";
import type { Redis } from "ioredis";
import type { LookUpVariants } from "./clients/variant-lookup.ts";
import type { Config } from "./config.ts";
import { cartRoutes } from "./http/cart-routes.ts";
import { createCartStore } from "./storage/cart-store.ts";
import { clearCart } from "./use-cases/clear-cart.ts";
import { dropErasedCart } from "./use-cases/drop-erased-cart.ts";
import { emptyBoughtCart } from "./use-cases/empty-bought-cart.ts";
import { exportCart } from "./use-cases/export-cart.ts";
import { getCart } from "./use-cases/get-cart.ts";
import { resolveCart } from "./use-cases/resolve-cart.ts";
import { setCartLine } from "./use-cases/set-cart-line.ts";

export type UseCases = ReturnType<typeof composeUseCases>;

/** All the wiring of the cart service: which function is given what. */
export function composeUseCases(
  config: Pick<Config, "CART_TTL_SECONDS">,
  { redis, lookUpVariants }: { redis: Redis; lookUpVariants: LookUpVariants },
) {
  const store = createCartStore(redis, { ttlMs: config.CART_TTL_SECONDS * 1000 });
  const deps = { store, lookUpVariants, now: () => new Date() };
  return {
    getCart: getCart(deps),
    setCartLine: setCartLine(deps),
    clearCart: clearCart(deps),
    resolveCart: resolveCart(deps),
    emptyBoughtCart: emptyBoughtCart(deps),
    exportCart: exportCart(deps),
    dropErasedCart: dropErasedCart(deps),
  };
}

/** The service's HTTP side, not listening yet. */
export function composeApp(base: ServiceBase, config: Pick<Config, "STOREFRONT_URL">, useCases: UseCases) {
  const app = createServiceApp(base);
  base.telemetry.traceRequests(app);
  cartRoutes(app, useCases, { secureCookies: config.STOREFRONT_URL.startsWith("https:") });
  return app;
}
