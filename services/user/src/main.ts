import { fileURLToPath } from "node:url";
import { openKeyRing } from "@tradepost/key-ring/open-key-ring";
import { createSendgrid } from "@tradepost/mail/sendgrid";
import { createPostgresOutboxSource } from "@tradepost/messaging/postgres-outbox-source";
import { startMessaging } from "@tradepost/messaging/start-messaging";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { liveSetting } from "@tradepost/service-runtime/live-setting";
import type { Logger } from "@tradepost/service-runtime/logger";
import { messagingMetrics } from "@tradepost/service-runtime/messaging-metrics";
import { createOperations } from "@tradepost/service-runtime/operations";
import { repeat } from "@tradepost/service-runtime/repeat";
import { runService } from "@tradepost/service-runtime/run-service";
import { sentenceLog, startServiceBase, untilReady } from "@tradepost/service-runtime/service-base";
import { Redis } from "ioredis";
import { createPersonalDataSources } from "./clients/personal-data.ts";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config, SigningKeys } from "./config.ts";
import { userConsumers } from "./messaging/user-consumers.ts";

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("user", config);
  const migrations = { name: "user", path: fileURLToPath(new URL("../migrations", import.meta.url)) };
  await migrate({ url: config.DATABASE_URL, directories: [messagingMigrations, migrations] });

  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "user" });
  // A request rather fails within two seconds than waits for a Redis that is away.
  const redis = new Redis(config.REDIS_URL, { commandTimeout: 2_000, maxRetriesPerRequest: 2 });
  redis.on("error", (err) => base.logger.warn({ event: "redis.error", err }));
  const signingKeys = liveSetting("SIGNING_KEYS", SigningKeys, {
    onChange: () => base.logger.info({ event: "signing_keys.changed" }),
    onRefused: (err) => base.logger.error({ event: "signing_keys.refused", err }),
  });
  const factorKeys = await openKeyRing("FACTOR_KEYS", {
    service: "user",
    onChange: () => base.logger.info({ event: "factor_keys.changed" }),
    onRefused: (err) => base.logger.error({ event: "factor_keys.refused", err }),
  });
  const mailProvider = createSendgrid({
    baseUrl: config.SENDGRID_URL,
    apiKey: config.SENDGRID_API_KEY,
    from: { email: config.MAIL_FROM, name: config.MAIL_FROM_NAME },
    timeoutMs: 10_000,
  });
  const useCases = composeUseCases(config, {
    ...{ postgres, redis, mailProvider, signingKeys: signingKeys.current, factorKeys },
    personalData: createPersonalDataSources({
      order: base.clientOf(config.ORDER_SERVICE_URL, 5_000),
      cart: base.clientOf(config.CART_SERVICE_URL, 5_000),
    }),
    onMailFailure: ({ attempt, error: err }) => base.logger.error({ event: "mail.not_sent", attempt, err }),
  });
  const log = sentenceLog(base.logger, "messaging");
  const outbox = createPostgresOutboxSource({ sql: postgres, url: config.DATABASE_URL, log });
  const messaging = await startMessaging({
    url: config.RABBITMQ_URL,
    service: "user",
    observer: messagingMetrics(base.metrics.registry),
    log,
    consumers: userConsumers(postgres.transact, useCases),
    outbox,
  });
  await untilReady(messaging, base.logger);
  const sender = repeat(useCases.sendDueMails, {
    everyMs: 1_000,
    onFailure: (err) => base.logger.error({ event: "mail.sender_failed", err }),
  });
  const pruner = repeat(
    () => useCases.pruneAccounts().then(({ unsentMails }) => reportUnsent(base.logger, unsentMails)),
    {
      everyMs: 10 * 60_000,
      onFailure: (err) => base.logger.error({ event: "user.prune_failed", err }),
    },
  );
  const eraser = repeat(useCases.eraseAbandoned, {
    everyMs: 10 * 60_000,
    onFailure: (err) => base.logger.warn({ event: "user.erasing_abandoned_failed", err }),
  });

  await runService({
    app: composeApp(base, config, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({
      registry: base.metrics.registry,
      checks: { postgres: postgres.ping, redis: () => redis.ping() },
    }),
    stop: [
      messaging.stop,
      sender.stop,
      pruner.stop,
      eraser.stop,
      signingKeys.stop,
      factorKeys.stop,
      () => redis.quit(),
      outbox.close,
      postgres.end,
      base.telemetry.stop,
    ],
  });
});

function reportUnsent(logger: Logger, count: number): void {
  if (count > 0) logger.error({ event: "mail.given_up", count });
}
