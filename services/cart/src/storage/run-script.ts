import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

const digests = new Map<string, string>();

/** By its digest; Redis is sent the script itself only when it does not know it (yet, or since a restart). */
export async function runScript(
  redis: Redis,
  script: string,
  key: string,
  args: readonly (string | number)[],
): Promise<unknown> {
  const digest = digests.get(script) ?? createHash("sha1").update(script).digest("hex");
  digests.set(script, digest);
  try {
    return await redis.evalsha(digest, 1, key, ...args);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOSCRIPT")) return redis.eval(script, 1, key, ...args);
    throw error;
  }
}
