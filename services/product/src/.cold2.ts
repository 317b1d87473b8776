import { loadConfig } from "@tradepost/service-runtime/config";
import { startServiceBase } from "@tradepost/service-runtime/service-base";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { collectionsOf, connectMongo } from "./storage/mongo.ts";
import { connectCache } from "./storage/shared-cache.ts";

const config = loadConfig(Config);
const base = await startServiceBase("product", config);
const mongo = connectMongo(config.MONGODB_URL);
const collections = collectionsOf(mongo.db());
const redis = connectCache(config.REDIS_URL);
const { useCases, view, cache } = composeUseCases(config, base, collections, redis);
await view.refresh();
const N = view.index().productCount();
const app = composeApp(base, useCases, view.version, cache);
await app.ready();
const m = { locale: "en", currency: "EUR" } as const;
async function run(name: string, n: number, f: (i: number) => Promise<unknown>) {
  for (let i = 0; i < 200; i++) await f(i);
  const c = process.cpuUsage();
  for (let b = 0; b < n; b += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => f(1000 + b + k)));
  const u = process.cpuUsage(c);
  console.log(name.padEnd(36), ((u.user + u.system) / n).toFixed(0), "cpu us/op");
}
const slug = (i: number) => `product-${(i * 7) % N}`;
for (let round = 0; round < 3; round++) {
  await run("getProduct", 2000, (i) => useCases.getProduct(slug(i + round * 3000), m));
}
await mongo.close();
redis.disconnect();
await base.telemetry.stop();
