import { productSlug } from "../catalogue/generate-catalogue.ts";
import { compareThroughput } from "../compare.ts";
import type { LoadRequest } from "../load/load-plan.ts";
import type { Scenario } from "../scenario.ts";
import { SHOP_PRODUCTS } from "../shop.ts";

const CONNECTIONS = 32;
const REQUESTS = 6_000;

/** Every request asks what nobody asked before, so no cache helps. */
export const productListCold: Scenario = {
  name: "product-list-cold",
  summary: "product list, every address new, against one indexed find by the raw driver",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const url = shop.addresses.serviceUrls.product;
    const mongoUrl = shop.stores.mongoUrl;
    const baseline = await stage.startBaseline("indexed-find", { MONGODB_URL: mongoUrl });
    const requests = count(REQUESTS);
    const finding = await compareThroughput(
      {
        ...{ scenario: "product-list-cold", what: `product list, cold, ${SHOP_PRODUCTS} products` },
        ...{ comparedWith: "bare Fastify, one indexed find", atLeast: 0.6 },
        tradepost: {
          pid: () => shop.pid("product"),
          plan: (round) =>
            coldPlan(url, requests, (n) => `/v1/products?limit=20&maxPrice=${5_000 + round * requests + n}`),
        },
        baseline: {
          pid: baseline.pid,
          plan: (round) =>
            coldPlan(baseline.url, requests, (n) => `/v1/products?after=${(round * requests + n) % 1_000}`),
        },
        notes: `${requests} requests a round, ${CONNECTIONS} connections; MongoDB: ${shop.stores.mongoDescription}`,
      },
      rounds,
      say,
    );
    return [finding];
  },
};

const PAGES = 100_000;

export const productPageCold: Scenario = {
  name: "product-page-cold",
  summary: "product page, every product new, at 100,000 products, against one indexed find by the raw driver",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const large = await stage.largeCatalogue();
    const mongoUrl = await large.mongoUrl(PAGES);
    const product = await shop.startAnother("product", {
      env: { MONGODB_URL: mongoUrl, REDIS_URL: shop.stores.redisUrls.gateway },
    });
    const baseline = await stage.startBaseline("indexed-find", { MONGODB_URL: mongoUrl });
    const requests = count(REQUESTS);
    const plan = (origin: string) => (round: number) =>
      coldPlan(origin, requests, (n) => `/v1/products/${productSlug((round * requests + n) % PAGES)}`);
    const finding = await compareThroughput(
      {
        ...{ scenario: "product-page-cold", what: `product page, cold, ${PAGES} products` },
        ...{ comparedWith: "bare Fastify, one indexed find", atLeast: 0.6 },
        tradepost: { pid: () => product.replicas[0]?.pid(), plan: plan(product.url) },
        baseline: { pid: baseline.pid, plan: plan(baseline.url) },
        notes: `${requests} requests a round, ${CONNECTIONS} connections; MongoDB: ${large.description}`,
      },
      rounds,
      say,
    );
    return [finding];
  },
};

function coldPlan(origin: string, requests: number, path: (n: number) => string) {
  const list = Array.from({ length: requests }, (_, n): LoadRequest => ({ method: "GET", path: path(n) }));
  return { origin, connections: CONNECTIONS, requests: list };
}
