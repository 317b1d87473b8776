import { createPublicKey, type KeyObject } from "node:crypto";
import { createClient, type Fetch } from "@tradepost/api-client/client";
import { getJwks } from "@tradepost/contracts/user";
import { AppError } from "./app-error.ts";
import { pooledFetch } from "./pooled-fetch.ts";

const REFETCH_GAP_MS = 5000;
/** Without a single key nobody can be let in, e.g. when this service came up before the user service. */
const FIRST_FETCH_GAP_MS = 500;
const REFRESH_MS = 10 * 60_000;

export interface KeySetOptions {
  /** Origin of the user service, which publishes the keys. */
  userUrl: string;
  fetch?: Fetch | undefined;
  now?: () => number;
}

export interface KeySet {
  /** The public key of that id; `undefined` when the user service publishes none. Throws AppError 503 while no keys are known. */
  find(kid: string): Promise<KeyObject | undefined>;
}

/**
 * The keys that sign tokens, as the user service publishes them (RFC 7517). An unknown id makes them be fetched anew, at
 * most every five seconds; keys that are known stay in use while the user service is away.
 */
export function createKeySet({ userUrl, fetch = pooledFetch, now = Date.now }: KeySetOptions): KeySet {
  const call = createClient({ baseUrl: userUrl, timeoutMs: 2000, fetch });
  let keys = new Map<string, KeyObject>();
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const refetch = async () => {
    fetchedAtMs = now();
    const published = await call(getJwks, {});
    keys = new Map(published.keys.map((jwk) => [jwk.kid, createPublicKey({ key: { ...jwk }, format: "jwk" })]));
  };
  const refetchOnce = (): Promise<void> => {
    fetching ??= refetch().finally(() => {
      fetching = undefined;
    });
    return fetching;
  };

  return {
    async find(kid) {
      const isStale = now() - fetchedAtMs > REFRESH_MS;
      if (keys.has(kid) && !isStale) return keys.get(kid);
      const gapMs = keys.size === 0 ? FIRST_FETCH_GAP_MS : REFETCH_GAP_MS;
      if (fetching || now() - fetchedAtMs >= gapMs) await refetchOnce().catch(() => undefined);
      if (keys.size === 0) throw new AppError(503, "session.unavailable", "Signing in is not possible just now");
      return keys.get(kid);
    },
  };
}
