import { ask } from "../ask.ts";
import { categorySlug, productSlug } from "../catalogue/generate-catalogue.ts";
import { compareThroughput } from "../compare.ts";
import type { Scenario } from "../scenario.ts";

const CONNECTIONS = 32;

export const productList = warmScenario(
  "product-list",
  "product list, 20 products, warm",
  `/v1/products?category=${categorySlug(3)}&limit=20`,
);
export const productPage = warmScenario("product-page", "product page, warm", `/v1/products/${productSlug(42)}`);

/** One address over and over: what the product service's cache of answers is worth. */
function warmScenario(name: string, what: string, path: string): Scenario {
  return {
    name,
    summary: `${what}, against bare Fastify that sends the same bytes from memory`,
    run: async (stage, { rounds, seconds }, say) => {
      const shop = await stage.shop();
      const url = shop.addresses.serviceUrls.product;
      const bytes = await ask(url + path);
      const bodyFile = stage.writeFile(`${name}.json`, bytes);
      const baseline = await stage.startBaseline("same-bytes", { BODY_FILE: bodyFile });
      const plan = (origin: string) => () => ({
        ...{ origin, connections: CONNECTIONS, seconds },
        requests: Array.from({ length: CONNECTIONS }, () => ({ method: "GET" as const, path })),
      });
      const finding = await compareThroughput(
        {
          ...{ scenario: name, what, comparedWith: "bare Fastify, same bytes from memory", atLeast: 0.7 },
          tradepost: { pid: () => shop.pid("product"), plan: plan(url) },
          baseline: { pid: baseline.pid, plan: plan(baseline.url) },
          notes: `${bytes.length} bytes, ${CONNECTIONS} connections`,
        },
        rounds,
        say,
      );
      return [finding];
    },
  };
}
