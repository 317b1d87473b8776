import type { Redis } from "ioredis";

/** At most `max` attempts within any `windowMs`, counted by `key`. */
export interface AttemptLimit {
  key: string;
  max: number;
  windowMs: number;
}

export type AttemptCounter = ReturnType<typeof createAttemptCounter>;

/** Counts attempts in Redis, for all replicas together, by its clock. */
export const createAttemptCounter = (redis: Redis) => ({
  /** Counts an attempt that all limits allow; else the milliseconds until they would, and nothing is counted. */
  take: async (limits: readonly AttemptLimit[]): Promise<{ waitMs: number }> => {
    const keys = limits.map(({ key }) => `attempts:${key}`);
    const bounds = limits.flatMap(({ max, windowMs }) => [max, windowMs]);
    return { waitMs: Number(await redis.eval(TAKE, keys.length, ...keys, crypto.randomUUID(), ...bounds)) };
  },
});

/** A sliding log: a sorted set per key holds the times of the last `max` attempts. */
const TAKE = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = 0
for i, key in ipairs(KEYS) do
  local max, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  redis.call("ZREMRANGEBYSCORE", key, "-inf", now - window)
  if redis.call("ZCARD", key) >= max then
    local oldest = redis.call("ZRANGE", key, -max, -max, "WITHSCORES")
    wait = math.max(wait, oldest[2] + window - now, 1)
  end
end
if wait == 0 then
  for i, key in ipairs(KEYS) do
    redis.call("ZADD", key, now, ARGV[1])
    redis.call("PEXPIRE", key, ARGV[2 * i + 1])
  end
end
return wait`;
