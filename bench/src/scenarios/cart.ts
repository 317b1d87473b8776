import { randomUUID } from "node:crypto";
import { ask, inParallel, json } from "../ask.ts";
import { skuOf } from "../catalogue/generate-catalogue.ts";
import { compareThroughput } from "../compare.ts";
import type { LoadRequest } from "../load/load-plan.ts";
import type { Scenario } from "../scenario.ts";
import type { Shop } from "../shop.ts";

const CONNECTIONS = 32;
const CARTS = 320;
const LINES = 3;

export const readCart = cartScenario("cart-read", "read a cart", (cart) => ({
  method: "GET",
  path: "/v1/cart",
  headers: { "x-cart-id": cart },
}));

export const addToCart = cartScenario("cart-add", "add to a cart", (cart, n) => ({
  method: "PUT",
  path: `/v1/cart/lines/${skuOf(n % LINES, 0)}`,
  headers: { "x-cart-id": cart, "content-type": "application/json" },
  body: JSON.stringify({ quantity: 1 + (n % 9) }),
}));

function cartScenario(name: string, what: string, request: (cart: string, n: number) => LoadRequest): Scenario {
  return {
    name,
    summary: `${what} of ${LINES} lines, against bare Fastify with one Redis round trip`,
    run: async (stage, { rounds, seconds }, say) => {
      const shop = await stage.shop();
      const carts = await fillCarts(shop, CARTS);
      const url = shop.addresses.serviceUrls.cart;
      const bytes = await ask(`${url}/v1/cart`, { headers: { "x-cart-id": carts[0] ?? "" } });
      const bodyFile = stage.writeFile(`${name}.json`, bytes);
      const redisUrl = shop.stores.redisUrls.gateway;
      const baseline = await stage.startBaseline("redis-round-trip", { BODY_FILE: bodyFile, REDIS_URL: redisUrl });
      const requests = carts.map(request);
      const finding = await compareThroughput(
        {
          ...{ scenario: name, what: `${what} of ${LINES} lines` },
          ...{ comparedWith: "bare Fastify, one Redis round trip", atLeast: 0.6 },
          tradepost: {
            pid: () => shop.pid("cart"),
            plan: () => ({ origin: url, connections: CONNECTIONS, requests, seconds }),
          },
          baseline: {
            pid: baseline.pid,
            plan: () => ({ origin: baseline.url, connections: CONNECTIONS, requests, seconds }),
          },
          notes: `${CARTS} carts, ${bytes.length} bytes, ${CONNECTIONS} connections`,
        },
        rounds,
        say,
      );
      return [finding];
    },
  };
}

/** So many guests' carts with a few lines each; their ids. */
export function fillCarts({ addresses }: Shop, count: number): Promise<string[]> {
  return inParallel(
    Array.from({ length: count }, () => randomUUID()),
    16,
    async (cart) => {
      for (let line = 0; line < LINES; line++) {
        const url = `${addresses.serviceUrls.cart}/v1/cart/lines/${skuOf(line, 0)}`;
        await ask(url, json("PUT", { quantity: 1 + line }, { "x-cart-id": cart }));
      }
      return cart;
    },
  );
}
