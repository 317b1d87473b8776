import { join } from "node:path";
import { startMongo } from "@tradepost/servers/mongo";
import { startPostgres } from "@tradepost/servers/postgres";
import { identifyProcess } from "@tradepost/servers/process-identity";
import { startRabbitmq } from "@tradepost/servers/rabbitmq";
import { startRedis } from "@tradepost/servers/redis";
import { endProcess } from "@tradepost/servers/server-process";
import type { Track } from "./steps.ts";

export type StoreName = "postgres" | "redis" | "rabbitmq" | "mongo";

export interface StoreOptions {
  dir: string;
  /** Whether data must survive a power cut; false is for tests. */
  durable: boolean;
  /** Preferred ports; tests take random free ones. */
  ports?: Record<StoreName, number>;
  /** Whether the official mongod may be fetched. */
  download: boolean;
  /** What can be done as soon as MongoDB answers, while slower stores come up. They are all up when it is done. */
  fillMongo?: (url: string) => Promise<void>;
  track: Track;
}

export interface Stores {
  databaseUrls: Record<"user" | "order" | "payment", string>;
  redisUrls: Record<"product" | "user" | "cart" | "gateway", string>;
  rabbitUrl: string;
  mongoUrl: string;
  mongoDescription: string;
  /** Each store by itself, to be stopped and started again at the same address: for tests of outages. */
  servers: Record<StoreName, RestartableServer>;
  stop: () => Promise<void>;
}

export interface RestartableServer {
  stop: () => Promise<void>;
  /** Ends it by SIGKILL. One that is not ours to stop goes on. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
}

interface Server {
  port: number;
  pid: number | undefined;
  stop(): Promise<void>;
}

/** Starts the four stores side by side. When one fails, the others are stopped before the error is thrown. */
export async function startStores(options: StoreOptions): Promise<Stores> {
  const { dir, durable, ports, download, fillMongo, track } = options;
  const at = (name: StoreName) => ({ dir: join(dir, name), ...(ports ? { port: ports[name] } : {}) });
  const postgres = track("postgres", () => startPostgres({ ...at("postgres"), durable }));
  const redis = track("redis", () => startRedis({ ...at("redis"), appendOnly: true }));
  const rabbitmq = track("rabbitmq", () => startRabbitmq(at("rabbitmq")));
  const mongo = track("mongo", async (say) => {
    const server = await startMongo({ ...at("mongo"), download, log: say });
    say(server.description);
    return server;
  });
  const filled = mongo.then(({ url }) => fillMongo?.(named(url, "product")));
  const [full, ...results] = await Promise.allSettled([filled, postgres, redis, rabbitmq, mongo]);
  const failure = [full, ...results].find((result) => result.status === "rejected");
  if (failure) {
    await Promise.all(results.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
    throw failure.reason;
  }
  const [database, cache, broker, documents] = await Promise.all([postgres, redis, rabbitmq, mongo]);
  const servers: Stores["servers"] = {
    postgres: restartable(database, (port) => startPostgres({ ...at("postgres"), port, durable })),
    redis: restartable(cache, (port) => startRedis({ ...at("redis"), port, appendOnly: true })),
    rabbitmq: restartable(broker, (port) => startRabbitmq({ ...at("rabbitmq"), port })),
    mongo: restartable(documents, (port) => startMongo({ ...at("mongo"), port, download })),
  };
  const databases = ["user", "order", "payment"] as const;
  const databaseUrls = await Promise.all(databases.map(async (name) => [name, await database.createDatabase(name)]));
  const redisUrls = (["product", "user", "cart", "gateway"] as const).map((name, index) => [
    name,
    `${cache.url}/${index}`,
  ]);
  return {
    databaseUrls: Object.fromEntries(databaseUrls) as Stores["databaseUrls"],
    redisUrls: Object.fromEntries(redisUrls) as Stores["redisUrls"],
    rabbitUrl: broker.url,
    mongoUrl: named(documents.url, "product"),
    mongoDescription: documents.description,
    servers,
    stop: async () => {
      await Promise.all(Object.values(servers).map((server) => server.stop()));
    },
  };
}

function restartable(first: Server, startAt: (port: number) => Promise<Server>): RestartableServer {
  let running: Server | undefined = first;
  return {
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
    kill: async () => {
      const server = running?.pid === undefined ? undefined : identifyProcess(running.pid);
      if (server) await endProcess(server, "SIGKILL");
      running = undefined;
    },
    start: async () => {
      running ??= await onItsPort(first.port, startAt);
    },
  };
}

/** Everybody knows the address: a server that found it taken, and took the next one, is stopped. Throws then. */
async function onItsPort(port: number, startAt: (port: number) => Promise<Server>): Promise<Server> {
  const server = await startAt(port);
  if (server.port === port) return server;
  await server.stop();
  throw new Error(`port ${port} is taken`);
}

/** The URL with a database's name, unless it has one. */
function named(mongoUrl: string, name: string): string {
  const url = new URL(mongoUrl);
  if (url.pathname === "" || url.pathname === "/") url.pathname = `/${name}`;
  return url.href;
}
