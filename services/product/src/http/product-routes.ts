import * as contract from "@tradepost/contracts/product";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import type { FastifyInstance } from "fastify";
import type { UseCases } from "../compose.ts";
import { type Caching, mountCachedRoute } from "./cached-route.ts";

/** Availability may be two seconds old: one at the edge or in the browser, one in the view that answers come from. */
const FRESH = { maxAgeSeconds: 1 };

export function productRoutes(app: FastifyInstance, useCases: UseCases, caching: Caching): void {
  caching.warm.serve(app);
  mountCachedRoute(app, caching, contract.listCategories, (_, market) => useCases.listCategories(market), {
    maxAgeSeconds: 30,
  });
  mountCachedRoute(app, caching, contract.listProducts, ({ query }, market) => useCases.listProducts(query, market), {
    ...FRESH,
    isShared: ({ query }) => useCases.isCostlyList(query),
  });
  mountCachedRoute(
    app,
    caching,
    contract.getProduct,
    ({ params }, market) => useCases.getProduct(params.slug, market),
    FRESH,
  );
  mountCachedRoute(app, caching, contract.suggest, ({ query }, market) => useCases.suggest(query.q, market), FRESH);
  mountRoute(app, contract.lookUpVariants, ({ body }) => useCases.lookUpVariants(body.skus, body));
  mountRoute(app, contract.holdStock, ({ params, body }) =>
    useCases.holdStock(params.orderId, body.lines, new Date(body.until)),
  );
  mountRoute(app, contract.reconcileStock, ({ body }) => useCases.reconcileStock(body));
}
