import type { VariantDetails } from "@tradepost/contracts/product";
import type { Identity } from "@tradepost/service-runtime/identity";
import { createLogger } from "@tradepost/service-runtime/logger";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { testRedis } from "@tradepost/testing/stores";
import { Redis } from "ioredis";
import { composeUseCases } from "../src/compose.ts";
import { cartRoutes } from "../src/http/cart-routes.ts";
import { cartConsumers } from "../src/messaging/cart-consumers.ts";

export type Stage = Awaited<ReturnType<typeof startStage>>;

const key = "k".repeat(32);

/** The cart service on a Redis of its own, in a shop that sells what is on the shelf. */
export async function startStage(shelf: readonly VariantDetails[] = []) {
  const store = await testRedis();
  const redis = new Redis(store.url);
  const lookUpVariants = async (skus: readonly string[]) =>
    new Map(shelf.filter(({ sku }) => skus.includes(sku)).map((variant) => [variant.sku, variant]));
  const useCases = composeUseCases({ CART_TTL_SECONDS: 1_800 }, { redis, lookUpVariants });
  return {
    redis,
    consumers: cartConsumers(useCases),
    tokenOf: (caller: "user" | "order" | "payment") => createServiceTokens({ name: caller, key }).header(),
    appFor: (identity: Identity = { kind: "guest" }) => {
      const logger = createLogger({ service: "cart", level: "silent" });
      const serviceTokens = createServiceTokens({ name: "cart", key });
      const app = createServiceApp({ name: "cart", logger, serviceTokens, identify: async () => identity });
      cartRoutes(app, useCases, { secureCookies: false });
      return app;
    },
    stop: async () => {
      await redis.quit();
      await store.drop();
    },
  };
}
