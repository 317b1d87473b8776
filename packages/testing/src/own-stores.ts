import { join } from "node:path";
import { startMongo } from "@tradepost/servers/mongo";
import { startPostgres } from "@tradepost/servers/postgres";
import { startRabbitmq } from "@tradepost/servers/rabbitmq";
import { startRedis } from "@tradepost/servers/redis";
import { startTogether, type TestStores } from "./store-addresses.ts";

/** The stores as processes of this machine, fast rather than durable. MongoDB is not fetched from the internet. */
export async function startOwnStores(dir: string, log: (line: string) => void): Promise<TestStores> {
  const { started, stop } = await startTogether([
    startPostgres({ dir: join(dir, "postgres"), durable: false, log }),
    startRedis({ dir: join(dir, "redis"), log }),
    startRabbitmq({ dir: join(dir, "rabbitmq"), management: true, log }),
    startMongo({ dir: join(dir, "mongo"), download: false, log }),
  ] as const);
  const [postgres, redis, rabbitmq, mongo] = started;
  const addresses = {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    rabbitUrl: rabbitmq.url,
    rabbitManagementUrl: rabbitmq.managementUrl,
    mongoUrl: mongo.url,
    mongoKind: mongo.kind,
  };
  return { addresses, stop };
}
