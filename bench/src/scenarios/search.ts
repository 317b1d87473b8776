import { BRANDS, brandName, CATEGORIES, categorySlug, productSlug } from "../catalogue/generate-catalogue.ts";
import { COLOURS, MATERIALS, QUALITIES, THINGS } from "../catalogue/vocabulary.ts";
import type { Finding } from "../finding.ts";
import type { LoadPlan } from "../load/load-plan.ts";
import { figuresOf, inRounds, type Side } from "../rounds.ts";
import type { Scenario } from "../scenario.ts";
import { spreadOf } from "../spread.ts";

const SMALL = 1_000;
const LARGE = 100_000;
const CONNECTIONS = 32;
const SORTS = ["price_asc", "price_desc", "rating", "newest"] as const;

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** The n-th search: words, two facets and a sort. No two are alike, so no cache answers. */
function searchPath(n: number): string {
  const q = n % 3 === 0 ? at(THINGS, n).en : `${at(QUALITIES, n * 7).en} ${at(THINGS, n).en}`;
  const query = new URLSearchParams({ q, colour: at(COLOURS, n), material: at(MATERIALS, n * 3), sort: at(SORTS, n) });
  query.set("maxPrice", String(15_000 + n));
  return `/v1/products?${query}`;
}

/** The n-th way to look at something: so many orders, currencies and lengths that a cache has forgotten it when it comes again. */
function listPath(n: number, among: number, narrow: (place: number) => Record<string, string>): string {
  const round = Math.floor(n / among);
  const query = new URLSearchParams({ ...narrow(n % among), sort: at(SORTS, round) });
  query.set("currency", at(["EUR", "USD", "GBP"], Math.floor(round / SORTS.length)));
  query.set("limit", String(16 + (Math.floor(round / SORTS.length / 3) % 9)));
  return `/v1/products?${query}`;
}

const categoryPath = (n: number) => listPath(n, CATEGORIES, (place) => ({ category: categorySlug(place) }));
const brandPath = (n: number) => listPath(n, BRANDS, (place) => ({ brand: brandName(place) }));

/** `nextNumber` goes on from one plan to the next, so that a later round asks for new things. */
const plansOf = (origin: string, connections: number, count: number, path: (n: number) => string) => {
  let nextNumber = 0;
  return (): LoadPlan => {
    const first = nextNumber;
    nextNumber += count;
    const requests = Array.from({ length: count }, (_, n) => ({ method: "GET" as const, path: path(first + n) }));
    return { origin, connections, requests };
  };
};

export const search: Scenario = {
  name: "search",
  summary: "search with words, two facets and a sort at 100,000 products: p99 and rate",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const large = await stage.largeCatalogue();
    const product = await shop.startAnother("product", {
      env: { MONGODB_URL: await large.mongoUrl(LARGE), REDIS_URL: shop.stores.redisUrls.gateway },
    });
    const requests = count(6_000);
    const plan = plansOf(product.url, CONNECTIONS, requests, searchPath);
    const measured = await inRounds({ tradepost: { pid: () => product.replicas[0]?.pid(), plan } }, rounds, say);
    const tradepost = figuresOf(measured.map((round) => round.tradepost));
    const common = { scenario: "search", comparedWith: null, tradepost };
    const notes = `${requests} different searches a round, ${CONNECTIONS} connections`;
    return [
      {
        ...{ ...common, what: `search at ${LARGE} products, p99`, unit: "ms", notes },
        ...{ score: tradepost.latencyMs.p99, target: { atMost: 15 } },
      },
      {
        ...{ ...common, what: `search at ${LARGE} products, rate`, unit: "/s", notes },
        ...{ score: tradepost.requestsPerSecond, target: { atLeast: 1_000 } },
      },
    ];
  },
};

/** What is asked at both sizes; few connections, so that answers do not queue for each other. */
const GROWING = [
  { what: "list of a category", path: categoryPath, requests: 2_000 },
  { what: "list of a brand", path: brandPath, requests: 2_000 },
  {
    what: "page",
    path: (n: number) => `/v1/products/${productSlug(n % SMALL)}?currency=${at(["EUR", "USD", "GBP"], n)}`,
    requests: 1_000,
  },
  { what: "search", path: searchPath, requests: 2_000 },
];

export const growth: Scenario = {
  name: "growth",
  summary: "latency of list, page and search at 100,000 products, against 1,000",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const large = await stage.largeCatalogue();
    const services = await Promise.all(
      [SMALL, LARGE].map(async (size, index) =>
        shop.startAnother("product", {
          env: {
            MONGODB_URL: await large.mongoUrl(size),
            REDIS_URL: Object.values(shop.stores.redisUrls)[index === 0 ? 1 : 3] ?? "",
          },
        }),
      ),
    );
    const findings: Finding[] = [];
    for (const { what, path, requests } of GROWING) {
      const [small, big] = services.map(
        (service): Side => ({
          pid: () => service.replicas[0]?.pid(),
          plan: plansOf(service.url, 2, count(requests), path),
        }),
      );
      if (!small || !big) throw new Error("a service is missing");
      const measured = await inRounds({ small, big }, rounds, (line) => say(`${what}: ${line}`));
      findings.push({
        ...{
          scenario: "growth",
          what: `${what}, latency, ${SMALL} → ${LARGE} products`,
          comparedWith: `${SMALL} products`,
        },
        ...{ unit: "×", score: spreadOf(measured.map((r) => r.big.p50Ms / r.small.p50Ms)), target: { atMost: 2 } },
        ...{ tradepost: figuresOf(measured.map((r) => r.big)), baseline: figuresOf(measured.map((r) => r.small)) },
        notes: `${count(requests)} requests a round, 2 connections; medians compared`,
      });
    }
    return findings;
  },
};
