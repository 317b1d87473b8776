import { join } from "node:path";
import { startMongo } from "@tradepost/servers/mongo";
import { startPostgres } from "@tradepost/servers/postgres";
import { startRabbitmq } from "@tradepost/servers/rabbitmq";
import { startRedis } from "@tradepost/servers/redis";
import type { Track } from "./steps.ts";

export interface StoreOptions {
  dir: string;
  /** Whether data must survive a power cut; false is for tests. */
  durable: boolean;
  /** Preferred ports; tests take random free ones. */
  ports?: { postgres: number; redis: number; rabbitmq: number; mongo: number };
  /** Whether the official mongod may be fetched. */
  download: boolean;
  track: Track;
}

export interface Stores {
  databaseUrls: Record<"user" | "order" | "payment", string>;
  redisUrls: Record<"product" | "user" | "cart" | "gateway", string>;
  rabbitUrl: string;
  mongoUrl: string;
  mongoDescription: string;
  stop: () => Promise<void>;
}

/** Starts the four stores side by side. When one fails, the others are stopped before the error is thrown. */
export async function startStores({ dir, durable, ports, download, track }: StoreOptions): Promise<Stores> {
  const port = (name: keyof NonNullable<StoreOptions["ports"]>) => (ports ? { port: ports[name] } : {});
  const postgres = track("postgres", () => startPostgres({ dir: join(dir, "postgres"), durable, ...port("postgres") }));
  const redis = track("redis", () => startRedis({ dir: join(dir, "redis"), appendOnly: true, ...port("redis") }));
  const rabbitmq = track("rabbitmq", () => startRabbitmq({ dir: join(dir, "rabbitmq"), ...port("rabbitmq") }));
  const mongo = track("mongo", async (say) => {
    const server = await startMongo({ dir: join(dir, "mongo"), download, log: say, ...port("mongo") });
    say(server.description);
    return server;
  });
  const started = await Promise.allSettled([postgres, redis, rabbitmq, mongo]);
  const stop = async () => {
    await Promise.all(started.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
  };
  const failure = started.find((result) => result.status === "rejected");
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const [pg, cache, broker, documents] = await Promise.all([postgres, redis, rabbitmq, mongo]);
  const [user, order, payment] = [
    await pg.createDatabase("user"),
    await pg.createDatabase("order"),
    await pg.createDatabase("payment"),
  ];
  return {
    databaseUrls: { user, order, payment },
    redisUrls: Object.fromEntries(
      (["product", "user", "cart", "gateway"] as const).map((name, index) => [name, `${cache.url}/${index}`]),
    ) as Stores["redisUrls"],
    rabbitUrl: broker.url,
    mongoUrl: named(documents.url, "product"),
    mongoDescription: documents.description,
    stop,
  };
}

/** The URL with a database's name, unless it has one. */
function named(mongoUrl: string, name: string): string {
  const url = new URL(mongoUrl);
  if (url.pathname === "" || url.pathname === "/") url.pathname = `/${name}`;
  return url.href;
}
