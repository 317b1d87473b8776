import { fileURLToPath } from "node:url";
import type { ReconciliationReport } from "@tradepost/contracts/reconciliation";
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
import { createMailProvider } from "./clients/sendgrid.ts";
import { createTwilio } from "./clients/twilio.ts";
import { composeApp, composeUseCases, readinessChecks } from "./compose.ts";
import { Config } from "./config.ts";
import { orderConsumers } from "./messaging/order-consumers.ts";

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("order", config);
  const migrations = { name: "order", path: fileURLToPath(new URL("../migrations", import.meta.url)) };
  await migrate({ url: config.DATABASE_URL, directories: [messagingMigrations, migrations] });

  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "order" });
  const mailProvider = createMailProvider({
    baseUrl: config.SENDGRID_URL,
    apiKey: config.SENDGRID_API_KEY,
    from: { email: config.MAIL_FROM, name: config.MAIL_FROM_NAME },
    timeoutMs: 10_000,
  });
  const smsProvider = createTwilio({
    baseUrl: config.TWILIO_URL,
    accountSid: config.TWILIO_ACCOUNT_SID,
    authToken: config.TWILIO_AUTH_TOKEN,
    from: config.SMS_FROM,
    timeoutMs: 10_000,
  });
  const useCases = composeUseCases(config, base, postgres, { mailProvider, smsProvider });
  const log = sentenceLog(base.logger, "messaging");
  const outbox = createPostgresOutboxSource({ sql: postgres, url: config.DATABASE_URL, log });
  const messaging = await startMessaging({
    url: config.RABBITMQ_URL,
    service: "order",
    observer: messagingMetrics(base.metrics.registry),
    log,
    consumers: orderConsumers(postgres.transact, useCases),
    outbox,
  });
  await untilReady(messaging, base.logger);
  const sweeper = repeat(useCases.sweepOrders, {
    everyMs: config.SWEEP_EVERY_SECONDS * 1000,
    onFailure: (err) => base.logger.error({ event: "order.sweep_failed", err }),
  });
  const reconciling = { everyMs: config.RECONCILE_EVERY_SECONDS * 1000, leaseMs: RECONCILIATION_LEASE_MS };
  const reconciler = startReconciling({
    ...{ everyMs: reconciling.everyMs, logger: base.logger, registry: base.metrics.registry },
    turns: createTurns<ReconciliationReport>(postgres, "reconciliation", reconciling),
    reconcile: useCases.reconcileOrders,
  });

  await runService({
    app: composeApp(base, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({ registry: base.metrics.registry, checks: readinessChecks(postgres) }),
    stop: [sweeper.stop, reconciler.stop, messaging.stop, outbox.close, postgres.end, base.telemetry.stop],
  });
});
