import type { CallerName } from "@tradepost/contracts/route";
import { loadConfig } from "@tradepost/service-runtime/config";
import { startServiceBase } from "@tradepost/service-runtime/service-base";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { testMongo, testRabbit, testRedis } from "@tradepost/testing/stores";
import { composeApp, composeUseCases } from "../src/compose.ts";
import { Config } from "../src/config.ts";
import { createImportStore } from "../src/storage/import-store.ts";
import { collectionsOf, connectMongo, ensureIndexes } from "../src/storage/mongo.ts";
import { connectCache } from "../src/storage/shared-cache.ts";
import { importCatalogue } from "../src/use-cases/import-catalogue.ts";

export const KEY = "a-key-of-services-that-only-tests-use";

/** Headers of a call by a neighbour. */
export const callBy = (name: CallerName) => ({
  "x-service-token": createServiceTokens({ name, key: KEY }).header(),
});

/** The whole product service but its listening, on stores of its own. `env` replaces settings. */
export async function startProductService(env: Record<string, string> = {}) {
  const [mongoStore, redisStore, rabbitStore] = await Promise.all([testMongo(), testRedis(), testRabbit()]);
  const config = loadConfig(Config, {
    PORT: "0",
    OPERATIONS_PORT: "0",
    LOG_LEVEL: "silent",
    INTERNAL_TOKEN_KEY: KEY,
    USER_SERVICE_URL: "http://127.0.0.1:9",
    ORDER_SERVICE_URL: "http://127.0.0.1:9",
    TOKEN_ISSUER: "http://127.0.0.1:9",
    ALLOWED_ORIGINS: "http://localhost:8080",
    MONGODB_URL: mongoStore.url,
    REDIS_URL: redisStore.url,
    RABBITMQ_URL: rabbitStore.url,
    ...env,
  });
  const base = await startServiceBase("product", config);
  const mongo = connectMongo(config.MONGODB_URL);
  const collections = collectionsOf(mongo.db());
  await ensureIndexes(collections);
  const redis = connectCache(config.REDIS_URL);
  redis.on("error", () => {});
  const { useCases, view, cache } = composeUseCases(config, base, collections, redis);
  const app = composeApp(base, useCases, view.version, cache);
  return {
    config,
    base,
    collections,
    useCases,
    view,
    redis,
    app,
    bringIn: importCatalogue({ store: createImportStore(collections), location: "main" }),
    async stop() {
      await app.close();
      redis.disconnect();
      await mongo.close();
      await Promise.all([mongoStore.drop(), redisStore.drop(), rabbitStore.drop()]);
    },
  };
}
