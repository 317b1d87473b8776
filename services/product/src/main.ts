import { startMessaging } from "@tradepost/messaging/start-messaging";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import {
  RECONCILIATION_LEASE_MS,
  reconcileInTurn,
  reconciliationMetrics,
} from "@tradepost/service-runtime/reconciling";
import { repeat } from "@tradepost/service-runtime/repeat";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { productConsumers } from "./messaging/product-consumers.ts";
import { collectionsOf, connectMongo, ensureIndexes } from "./storage/mongo.ts";
import { createReservationOutbox } from "./storage/reservation-outbox.ts";
import { connectCache } from "./storage/shared-cache.ts";
import { createTurns } from "./storage/turn-store.ts";
import { watchHeartbeats } from "./storage/watch-heartbeats.ts";

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("product", config);
  const mongo = connectMongo(config.MONGODB_URL);
  watchHeartbeats(mongo, () => {
    base.logger.error({ event: "mongodb.checks_stuck" });
    base.logger.flush();
    process.exit(1);
  });
  const collections = collectionsOf(mongo.db());
  const redis = connectCache(config.REDIS_URL);
  redis.on("error", (err) => base.logger.warn({ event: "redis.error", err }));
  await ensureIndexes(collections);

  const { useCases, view, cache } = composeUseCases(config, base, collections, redis);
  await view.refresh();
  const follower = repeat(view.refresh, {
    everyMs: config.REFRESH_EVERY_MS,
    onFailure: (err) => base.logger.error({ event: "catalogue.refresh_failed", err }),
  });
  const sweeper = repeat(useCases.sweepHolds, {
    everyMs: config.HOLD_SWEEP_EVERY_SECONDS * 1000,
    onFailure: (err) => base.logger.error({ event: "stock.sweep_failed", err }),
  });
  const reconcileEveryMs = config.RECONCILE_EVERY_SECONDS * 1000;
  const turns = createTurns(collections, "reconciliation", {
    everyMs: reconcileEveryMs,
    leaseMs: RECONCILIATION_LEASE_MS,
  });
  reconciliationMetrics(base.metrics.registry, turns);
  // Replicas ask twice per interval, so that one is never much late.
  const reconciler = repeat(reconcileInTurn({ turns, reconcile: useCases.reconcileStock, logger: base.logger }), {
    everyMs: reconcileEveryMs / 2,
    onFailure: (err) => base.logger.error({ event: "reconciliation.failed", err }),
  });
  const messaging = await startMessaging({
    url: config.RABBITMQ_URL,
    service: "product",
    observer: messagingMetrics(base.metrics.registry),
    log: sentenceLog(base.logger, "messaging"),
    consumers: productConsumers(useCases),
    outbox: createReservationOutbox(collections),
  });
  await untilReady(messaging, base.logger);

  await runService({
    app: composeApp(base, useCases, view.version, cache),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({
      registry: base.metrics.registry,
      checks: { mongodb: () => mongo.db().command({ ping: 1 }) },
    }),
    stop: [
      messaging.stop,
      reconciler.stop,
      sweeper.stop,
      follower.stop,
      () => redis.disconnect(),
      () => mongo.close(),
      base.telemetry.stop,
    ],
  });
});
