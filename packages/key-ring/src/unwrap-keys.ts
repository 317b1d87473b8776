import { ConfigError } from "@tradepost/service-runtime/config";
import type { RingKeys } from "./key-ring.ts";
import { KEY_BYTES, type KeyEntry } from "./key-ring-text.ts";
import { type Kms, lazyKms } from "./kms.ts";

export type UnwrapKeys = (entries: readonly KeyEntry[]) => Promise<RingKeys>;

/**
 * Gives entries' keys in plain sight, and asks KMS only for those that were not in the entries before. Throws a
 * ConfigError that says which key KMS did not unwrap and why, by the name of the SDK's exception: its text may quote.
 */
export function keyUnwrapper(setting: string, service: string): UnwrapKeys {
  const kms = lazyKms();
  let known = new Map<string, Buffer>();
  return async (entries) => {
    const fresh = new Map<string, Buffer>();
    const keys = await Promise.all(
      entries.map(async (entry) => {
        if ("key" in entry) return entry;
        const name = `${entry.id}:${entry.wrapped.toString("base64")}`;
        const key = known.get(name) ?? (await unwrapOne(kms, setting, service, entry));
        fresh.set(name, key);
        return { id: entry.id, key };
      }),
    );
    known = fresh;
    return keys;
  };
}

async function unwrapOne(
  kms: () => Promise<Kms>,
  setting: string,
  service: string,
  { id, wrapped }: { id: string; wrapped: Buffer },
): Promise<Buffer> {
  try {
    const key = await (await kms()).unwrap(wrapped, { service, keyId: id });
    if (key.length === KEY_BYTES) return key;
  } catch (cause) {
    throw new ConfigError(`${setting}: KMS did not unwrap the key ${id}: ${reasonOf(cause)}`, { cause });
  }
  throw new ConfigError(`${setting}: what KMS unwrapped as the key ${id} has not 32 bytes`);
}

/** What an exception of the SDK is about, without its text; the network's have a code. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { name, code } = error as { name?: string; code?: string };
  return [name, code].filter((part) => part !== undefined).join(" ");
}
