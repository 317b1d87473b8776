import { createGuard } from "@tradepost/service-runtime/guard";
import { Redis } from "ioredis";

/** What replicas share. Losing it, or its store, costs only time. */
export interface SharedCache {
  get(key: string): Promise<Buffer | undefined>;
  /** Returns at once; whether it was stored is not known. */
  put(key: string, bytes: Buffer | string): void;
}

const TIMEOUT_MS = 50;
const BREAKER = { consecutiveFailures: 5, halfOpenAfterMs: 2_000 };

/** Commands fail at once while Redis is away: nobody waits for a cache. */
export const connectCache = (url: string): Redis =>
  new Redis(url, { commandTimeout: TIMEOUT_MS, maxRetriesPerRequest: 0, enableOfflineQueue: false });

/**
 * A cache in Redis that can only help: an answer that is late or fails is none, and after a row of such answers Redis is
 * left alone for a while. Values are never changed, so keys name the version of what they hold.
 */
export function createSharedCache(redis: Redis, { ttlSeconds }: { ttlSeconds: number }): SharedCache {
  const guard = createGuard({ timeoutMs: TIMEOUT_MS, breaker: BREAKER });
  const nameOf = (key: string): string => `product:${key}`;
  return {
    async get(key) {
      try {
        return (await guard(() => redis.getBuffer(nameOf(key)))) ?? undefined;
      } catch {
        return undefined;
      }
    },
    put(key, bytes) {
      guard(() => redis.set(nameOf(key), bytes, "EX", ttlSeconds)).catch(() => {});
    },
  };
}
