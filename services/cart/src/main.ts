import { startMessaging } from "@tradepost/messaging/start-messaging";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { Redis } from "ioredis";
import { createVariantLookup } from "./clients/variant-lookup.ts";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { cartConsumers } from "./messaging/cart-consumers.ts";

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("cart", config);
  // A request rather fails within two seconds than waits for a Redis that is away.
  // Commands of the same tick go out in one write, which is most of what a command costs.
  const options = { commandTimeout: 2_000, maxRetriesPerRequest: 2, enableAutoPipelining: true };
  const redis = new Redis(config.REDIS_URL, options);
  redis.on("error", (err) => base.logger.warn({ event: "redis.error", err }));
  const lookUpVariants = createVariantLookup(base.clientOf(config.PRODUCT_SERVICE_URL, 3_000));
  const useCases = composeUseCases(config, { redis, lookUpVariants });
  const messaging = await startMessaging({
    url: config.RABBITMQ_URL,
    service: "cart",
    observer: messagingMetrics(base.metrics.registry),
    log: sentenceLog(base.logger, "messaging"),
    consumers: cartConsumers(useCases),
  });
  await untilReady(messaging, base.logger);

  await runService({
    app: composeApp(base, config, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({ registry: base.metrics.registry, checks: { redis: () => redis.ping() } }),
    stop: [messaging.stop, () => redis.quit(), base.telemetry.stop],
  });
});
