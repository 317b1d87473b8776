import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { ServiceBase } from "@tradepost/service-runtime/service-base";
import type { Redis } from "ioredis";
import { askOrderStanding, findOrder, listChangedOrders } from "./clients/order-client.ts";
import type { Config } from "./config.ts";
import { createAnswers } from "./http/answers.ts";
import { productRoutes } from "./http/product-routes.ts";
import { createWarmAnswers } from "./http/warm-answers.ts";
import { createCatalogueStore } from "./storage/catalogue-store.ts";
import type { Collections } from "./storage/mongo.ts";
import { createMovementStore } from "./storage/movement-store.ts";
import { createProductReader } from "./storage/product-reader.ts";
import { createReservationStore } from "./storage/reservation-store.ts";
import { createSharedCache, type SharedCache } from "./storage/shared-cache.ts";
import { createStockAudit } from "./storage/stock-audit.ts";
import { createStockStore } from "./storage/stock-store.ts";
import { createCatalogueView } from "./use-cases/follow-catalogue.ts";
import { getProduct } from "./use-cases/get-product.ts";
import { holdStock } from "./use-cases/hold-stock.ts";
import { listCategories } from "./use-cases/list-categories.ts";
import { isCostlyList, listProducts } from "./use-cases/list-products.ts";
import { lookUpVariants } from "./use-cases/look-up-variants.ts";
import { reconcileStock } from "./use-cases/reconcile-stock.ts";
import { releaseHold } from "./use-cases/release-hold.ts";
import { retellShortfall, sellHold } from "./use-cases/sell-hold.ts";
import { suggest } from "./use-cases/suggest.ts";
import { sweepHolds } from "./use-cases/sweep-holds.ts";

export type UseCases = ReturnType<typeof composeUseCases>["useCases"];

/** All the wiring of the product service: which function is given what. */
export function composeUseCases(config: Config, base: ServiceBase, collections: Collections, redis: Redis) {
  const cache = createSharedCache(redis, { ttlSeconds: config.SEARCH_CACHE_SECONDS });
  const store = createCatalogueStore(collections);
  const view = createCatalogueView(store);
  const stock = createStockStore(collections);
  const reservations = createReservationStore(collections);
  const deps = { stock, reservations, locations: config.STOCK_LOCATIONS };
  const [sell, release] = [sellHold(deps), releaseHold(deps)];
  const callOrders = base.clientOf(config.ORDER_SERVICE_URL, 3_000);
  const unknownOrderGraceMs = config.HOLD_SWEEP_UNKNOWN_SECONDS * 1000;
  const readProduct = createProductReader({ store, versionOf: (slug) => view.index().versionOf(slug) });
  const useCases = {
    listCategories: listCategories({ view }),
    listProducts: listProducts({ view }),
    isCostlyList: isCostlyList({ view }),
    getProduct: getProduct({ view, readProduct }),
    suggest: suggest({ view }),
    lookUpVariants: lookUpVariants({ productsOfSkus: store.productsOfSkus, stockOfSkus: stock.ofSkus }),
    holdStock: holdStock(deps),
    sellHold: sell,
    releaseHold: release,
    sweepHolds: sweepHolds({
      stock,
      reservations,
      movements: createMovementStore(collections),
      releaseHold: release,
      askOrderStanding: askOrderStanding(callOrders),
      graceMs: config.HOLD_SWEEP_GRACE_SECONDS * 1000,
      unknownOrderGraceMs,
      keepMovementsMs: config.STOCK_MOVEMENTS_SECONDS * 1000,
      onFailure: (orderId, err) => base.logger.warn({ event: "stock.order_sweep_failed", orderId, err }),
    }),
    reconcileStock: reconcileStock({
      reservations,
      audit: createStockAudit(collections),
      sellHold: sell,
      releaseHold: release,
      retellShortfall: retellShortfall(deps),
      listChangedOrders: listChangedOrders(base.clientOf(config.ORDER_SERVICE_URL, 10_000)),
      findOrder: findOrder(callOrders),
      unknownOrderGraceMs,
    }),
  };
  return { useCases, view, cache };
}

/** The service's HTTP side, not listening yet. `version` changes with the data that answers are made of. */
export function composeApp(base: ServiceBase, useCases: UseCases, version: () => string, shared: SharedCache) {
  const app = createServiceApp(base);
  base.telemetry.traceRequests(app);
  const caching = { answers: createAnswers({ version, shared }), warm: createWarmAnswers(version), version };
  productRoutes(app, useCases, caching);
  return app;
}
