import { createPublicKey, type KeyObject } from "node:crypto";
import jsonwebtoken from "jsonwebtoken";
import type { PluginHandler, Refusal } from "../exchange.ts";
import type { KongConsumer, PluginConfig } from "../kong-config.ts";
import { readTokens } from "../tokens.ts";

const MAX_REMEMBERED = 10_000;

interface Credential {
  consumer: string;
  algorithm: "ES256";
  key: KeyObject;
}
interface Verified {
  consumer: string;
  expiresAtS: number | undefined;
}

/** Every consumer's keys by their id. */
export const jwtCredentials = (consumers: readonly KongConsumer[]): ReadonlyMap<string, Credential> =>
  new Map(
    consumers.flatMap(({ username, jwt_secrets }) =>
      jwt_secrets.map(({ key, algorithm, rsa_public_key }) => [
        key,
        { consumer: username, algorithm, key: createPublicKey(rsa_public_key) },
      ]),
    ),
  );

/** Tells a token's consumer; verified signatures are remembered, times are looked at anew. */
export function createJwtVerifier(credentials: ReadonlyMap<string, Credential>, now: () => number) {
  const verified = new Map<string, Verified>();

  return (token: string, config: PluginConfig<"jwt">): string | undefined => {
    const known = verified.get(token) ?? verify(token, config, credentials, now);
    if (!known) return undefined;
    if (!verified.has(token)) remember(verified, token, known);
    const leftS = known.expiresAtS === undefined ? undefined : known.expiresAtS - Math.floor(now() / 1000);
    if (config.claims_to_verify.includes("exp") && (leftS === undefined || leftS <= 0)) return undefined;
    const isTooLong = config.maximum_expiration > 0 && (leftS === undefined || leftS > config.maximum_expiration);
    return isTooLong ? undefined : known.consumer;
  };
}

function remember(verified: Map<string, Verified>, token: string, known: Verified): void {
  const [oldest] = verified.keys();
  if (verified.size >= MAX_REMEMBERED && oldest !== undefined) verified.delete(oldest);
  verified.set(token, known);
}

function verify(
  token: string,
  config: PluginConfig<"jwt">,
  credentials: ReadonlyMap<string, Credential>,
  now: () => number,
): Verified | undefined {
  try {
    const decoded = jsonwebtoken.decode(token, { complete: true });
    if (typeof decoded?.payload !== "object") return undefined;
    const header: Record<string, unknown> = { ...decoded.header };
    const id = decoded.payload[config.key_claim_name] ?? header[config.key_claim_name];
    const credential = typeof id === "string" ? credentials.get(id) : undefined;
    if (!credential) return undefined;
    jsonwebtoken.verify(token, credential.key, {
      algorithms: [credential.algorithm],
      ignoreExpiration: true,
      ignoreNotBefore: !config.claims_to_verify.includes("nbf"),
      clockTimestamp: Math.floor(now() / 1000),
    });
    const { exp } = decoded.payload;
    return { consumer: credential.consumer, expiresAtS: typeof exp === "number" ? exp : undefined };
  } catch {
    return undefined;
  }
}

/** Finds out which consumer the caller is by its token; without a valid one it is the anonymous consumer, or refused. */
export function jwt(config: PluginConfig<"jwt">, verifier: ReturnType<typeof createJwtVerifier>): PluginHandler {
  return {
    access(exchange) {
      if (exchange.request.method === "OPTIONS") return undefined;
      const { tokens } = readTokens(exchange.request.headers, config.cookie_names);
      const [token] = tokens;
      const consumer = tokens.size === 1 && token !== undefined ? verifier(token, config) : undefined;
      const name = consumer ?? config.anonymous;
      if (name === undefined) return unauthorised(tokens.size > 0);
      exchange.consumer = name;
      return undefined;
    },
  };
}

const unauthorised = (hasToken: boolean): Refusal => ({
  status: 401,
  headers: { "www-authenticate": hasToken ? 'Bearer error="invalid_token"' : "Bearer" },
});
