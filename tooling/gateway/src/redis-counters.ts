import { Redis } from "ioredis";
import type { PluginConfig } from "./kong-config.ts";

// What is refused is not counted, as in Kong; here the look and the count are one step, so that no burst slips through.
const TAKE = `
local used = tonumber(redis.call("GET", KEYS[1]) or "0")
if used < tonumber(ARGV[1]) then
  redis.call("INCR", KEYS[1])
  if used == 0 then redis.call("EXPIRE", KEYS[1], ARGV[2]) end
end
return used`;

export interface Counters {
  /** Counts one more unless the limit is reached; how many there were before. Rejects at once when Redis is away. */
  take(key: string, limit: number, ttlSeconds: number): Promise<number>;
  /** Resolves once Redis is there, or its first absence is known; it is looked for from then on. */
  connect(): Promise<void>;
  close(): void;
}

type WithTake = Redis & { take(key: string, limit: number, ttlSeconds: number): Promise<number> };

/** Counters in the Redis that kong.yml names; it may come and go. */
export function redisCounters(config: PluginConfig<"rate-limiting">["redis"]): Counters {
  const redis = new Redis({
    host: config.host,
    port: config.port,
    db: config.database,
    ...(config.username === "" ? {} : { username: config.username }),
    ...(config.password === "" ? {} : { password: config.password }),
    ...(config.ssl ? { tls: { rejectUnauthorized: config.ssl_verify } } : {}),
    connectTimeout: config.timeout,
    commandTimeout: config.timeout,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(1000, attempt * 100),
    scripts: { take: { lua: TAKE, numberOfKeys: 1 } },
  }) as WithTake;
  redis.on("error", () => {}); // every refused command is an error of its own
  return {
    take: (key, limit, ttlSeconds) => redis.take(key, limit, ttlSeconds),
    connect: () => redis.connect().catch(() => {}),
    close: () => redis.disconnect(),
  };
}
