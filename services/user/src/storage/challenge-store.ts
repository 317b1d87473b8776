import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

export type ChallengeStore = ReturnType<typeof createChallengeStore>;

/** What a challenge is for; each kind has its own ids. */
export type ChallengeKind =
  | "factor"
  | "passkey-sign-in"
  | "passkey-registration"
  | "step-up"
  | "totp-offer"
  | "provider";

/** Questions that wait for an answer, each for a while and for one use. Redis is shown only hashes of their ids. */
export function createChallengeStore(redis: Redis, now: () => Date) {
  const keyOf = (kind: ChallengeKind, id: string) =>
    `challenge:${kind}:${createHash("sha256").update(id).digest("base64url")}`;
  const read = <T>(text: string | null): T | null => {
    if (text === null) return null;
    const { value, expiresAtMs } = JSON.parse(text) as { value: T; expiresAtMs: number };
    return expiresAtMs > now().getTime() ? value : null;
  };
  return {
    /** Replaces an older one of the same id. */
    put: async (kind: ChallengeKind, id: string, value: object, ttlMs: number): Promise<Date> => {
      const expiresAtMs = now().getTime() + ttlMs;
      await redis.set(keyOf(kind, id), JSON.stringify({ value, expiresAtMs }), "PX", ttlMs);
      return new Date(expiresAtMs);
    },
    find: async <T>(kind: ChallengeKind, id: string): Promise<T | null> => read<T>(await redis.get(keyOf(kind, id))),
    /** Uses it up: of several that ask at once one gets it. */
    take: async <T>(kind: ChallengeKind, id: string): Promise<T | null> => read<T>(await redis.getdel(keyOf(kind, id))),
  };
}
