import { join } from "node:path";
import { type MongoServer, startMongo } from "@tradepost/servers/mongo";
import { startPostgres } from "@tradepost/servers/postgres";
import { startRabbitmq } from "@tradepost/servers/rabbitmq";
import { startRedis } from "@tradepost/servers/redis";

/** Where the stores of a test run are: what every test file is given. */
export interface StoreAddresses {
  /** Superuser's, database `postgres`. */
  postgresUrl: string;
  redisUrl: string;
  /** Virtual host `/`. */
  rabbitUrl: string;
  /** RabbitMQ's HTTP API, user and password included. */
  rabbitManagementUrl: string;
  mongoUrl: string;
  mongoKind: MongoServer["kind"];
}

export interface TestStores {
  addresses: StoreAddresses;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis, RabbitMQ and MongoDB for tests (fast rather than durable) with their data below `dir`. */
export async function startTestStores(dir: string, log: (line: string) => void): Promise<TestStores> {
  const started = await Promise.allSettled([
    startPostgres({ dir: join(dir, "postgres"), durable: false, log }),
    startRedis({ dir: join(dir, "redis"), log }),
    startRabbitmq({ dir: join(dir, "rabbitmq"), management: true, log }),
    startMongo({ dir: join(dir, "mongo"), download: false, log }),
  ]);
  const stop = async () => {
    await Promise.all(started.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
  };
  const [postgres, redis, rabbitmq, mongo] = started;
  if (
    postgres.status === "fulfilled" &&
    redis.status === "fulfilled" &&
    rabbitmq.status === "fulfilled" &&
    rabbitmq.value.managementUrl !== undefined &&
    mongo.status === "fulfilled"
  ) {
    const addresses = {
      postgresUrl: postgres.value.url,
      redisUrl: redis.value.url,
      rabbitUrl: rabbitmq.value.url,
      rabbitManagementUrl: rabbitmq.value.managementUrl,
      mongoUrl: mongo.value.url,
      mongoKind: mongo.value.kind,
    };
    return { addresses, stop };
  }
  await stop();
  const failures = started.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  throw new AggregateError(failures, failures.map((failure) => failure.message).join("\n"));
}
