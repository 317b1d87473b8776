import { fileURLToPath } from "node:url";
import type { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { openKeyRing } from "@tradepost/key-ring/open-key-ring";
import { createPostgresOutboxSource } from "@tradepost/messaging/postgres-outbox-source";
import { startMessaging } from "@tradepost/messaging/start-messaging";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { createTurns } from "@tradepost/postgres/turns";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import { RECONCILIATION_LEASE_MS, startReconciling } from "@tradepost/service-runtime/reconciling";
import { repeat } from "@tradepost/service-runtime/repeat";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { paymentConsumers } from "./messaging/payment-consumers.ts";
import { createAlarms } from "./payment-alarms.ts";

const PRUNE_EVERY_MS = 3_600_000;

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("payment", config);
  const tokenKeys = await openKeyRing("TOKEN_KEYS", {
    service: "payment",
    onChange: () => base.logger.info({ event: "token_keys.changed" }),
    onRefused: (err) => base.logger.error({ event: "token_keys.refused", err }),
  });
  const migrations = { name: "payment", path: fileURLToPath(new URL("../migrations", import.meta.url)) };
  await migrate({ url: config.DATABASE_URL, directories: [messagingMigrations, migrations] });

  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "payment" });
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
  const reconciling = { everyMs: config.RECONCILE_EVERY_SECONDS * 1000, leaseMs: RECONCILIATION_LEASE_MS };
  const reconciler = startReconciling({
    ...{ everyMs: reconciling.everyMs, logger: base.logger, registry: base.metrics.registry },
    turns: createTurns<ReconciliationReport>(postgres, "reconciliation", reconciling),
    reconcile: useCases.reconcilePayments,
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
