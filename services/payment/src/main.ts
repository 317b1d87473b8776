import { fileURLToPath } from "node:url";
import type { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { createPostgresOutboxSource } from "@tradepost/messaging/postgres-outbox-source";
import { startMessaging } from "@tradepost/messaging/start-messaging";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { createTurns } from "@tradepost/postgres/turns";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { liveSetting } from "@tradepost/service-runtime/live-setting";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import { reconcileInTurn, reconciliationMetrics } from "@tradepost/service-runtime/reconciling";
import { repeat } from "@tradepost/service-runtime/repeat";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { paymentConsumers } from "./messaging/payment-consumers.ts";
import { createAlarms } from "./payment-alarms.ts";
import { TokenKeys } from "./storage/token-keys.ts";

/** Longer than a reconciliation of a week takes; a replica that dies in one keeps the others from it for as long. */
const RECONCILE_LEASE_MS = 15 * 60_000;
const PRUNE_EVERY_MS = 3_600_000;

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("payment", config);
  const migrations = { name: "payment", path: fileURLToPath(new URL("../migrations", import.meta.url)) };
  await migrate({ url: config.DATABASE_URL, directories: [messagingMigrations, migrations] });

  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "payment" });
  const tokenKeys = liveSetting("TOKEN_KEYS", TokenKeys, {
    onChange: () => base.logger.info({ event: "token_keys.changed" }),
    onRefused: (err) => base.logger.error({ event: "token_keys.refused", err }),
  });
  const useCases = composeUseCases(config, postgres, createAlarms(base.logger, base.metrics.registry), tokenKeys);
  const log = sentenceLog(base.logger, "messaging");
  const outbox = createPostgresOutboxSource({ sql: postgres, url: config.DATABASE_URL, log });
  const messaging = await startMessaging({
    url: config.RABBITMQ_URL,
    service: "payment",
    observer: messagingMetrics(base.metrics.registry),
    log,
    consumers: paymentConsumers(useCases),
    outbox,
  });
  await untilReady(messaging, base.logger);
  const everyMs = config.RECONCILE_EVERY_SECONDS * 1000;
  // Replicas ask twice per interval, so that one is never much late.
  const turns = createTurns<ReconciliationReport>(postgres, "reconciliation", { everyMs, leaseMs: RECONCILE_LEASE_MS });
  reconciliationMetrics(base.metrics.registry, turns);
  const { reconcilePayments: reconcile } = useCases;
  const reconciler = repeat(reconcileInTurn({ turns, reconcile, logger: base.logger }), {
    everyMs: everyMs / 2,
    onFailure: (err) => base.logger.error({ event: "reconciliation.failed", err }),
  });
  const pruner = repeat(useCases.prunePayments, {
    everyMs: PRUNE_EVERY_MS,
    onFailure: (err) => base.logger.error({ event: "payment.prune_failed", err }),
  });

  await runService({
    app: composeApp(base, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({ registry: base.metrics.registry, checks: { postgres: postgres.ping } }),
    stop: [
      reconciler.stop,
      pruner.stop,
      messaging.stop,
      tokenKeys.stop,
      outbox.close,
      postgres.end,
      base.telemetry.stop,
    ],
  });
});
