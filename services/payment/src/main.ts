import { fileURLToPath } from "node:url";
import { createPostgresOutboxSource } from "@tradepost/messaging/postgres-outbox-source";
import { startMessaging } from "@tradepost/messaging/start-messaging";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { liveSetting } from "@tradepost/service-runtime/live-setting";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";
import { paymentConsumers } from "./messaging/payment-consumers.ts";
import { TokenKeys } from "./storage/token-keys.ts";

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
  const useCases = composeUseCases(config, postgres, tokenKeys);
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

  await runService({
    app: composeApp(base, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({ registry: base.metrics.registry, checks: { postgres: postgres.ping } }),
    stop: [messaging.stop, tokenKeys.stop, outbox.close, postgres.end, base.telemetry.stop],
  });
});
