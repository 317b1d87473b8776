import { fileURLToPath } from "node:url";
import { migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { createOperations } from "@tradepost/service-runtime/operations";
import { runService } from "@tradepost/service-runtime/run-service";
import { startServiceBase } from "@tradepost/service-runtime/service-base";
import { Redis } from "ioredis";
import { composeApp, composeUseCases } from "./compose.ts";
import { Config } from "./config.ts";

await runMain(async () => {
  const config = loadConfig(Config);
  const base = await startServiceBase("user", config);
  const migrations = { name: "user", path: fileURLToPath(new URL("../migrations", import.meta.url)) };
  await migrate({ url: config.DATABASE_URL, directories: [migrations] });

  const postgres = createPostgres({ url: config.DATABASE_URL, applicationName: "user" });
  // A request rather fails within two seconds than waits for a Redis that is away.
  const redis = new Redis(config.REDIS_URL, { commandTimeout: 2_000, maxRetriesPerRequest: 2 });
  redis.on("error", (err) => base.logger.warn({ event: "redis.error", err }));
  const useCases = composeUseCases(config, { postgres, redis });

  await runService({
    app: composeApp(base, config, useCases),
    host: config.HOST,
    port: config.PORT,
    operationsPort: config.OPERATIONS_PORT,
    operations: createOperations({
      registry: base.metrics.registry,
      checks: { postgres: postgres.ping, redis: () => redis.ping() },
    }),
    stop: [() => redis.quit(), postgres.end, base.telemetry.stop],
  });
});
