import type { CallerName } from "@tradepost/contracts/route";
import jwt from "jsonwebtoken";
import { AppError } from "./app-error.ts";

const AUDIENCE = "tradepost-internal";
const LIFE_SECONDS = 300;
const RESIGN_MS = 60_000;
const MAX_VERIFIED = 100;
const CALLER_NAMES: readonly string[] = [
  "product",
  "user",
  "cart",
  "order",
  "payment",
  "operations",
] satisfies CallerName[];

export const SERVICE_TOKEN_HEADER = "x-service-token";

export interface ServiceTokens {
  /** The token that proves this service's name to its neighbours; signed anew each minute. */
  header(): string;
  /** The caller's name. Throws AppError 401 `service_token.invalid`. */
  verify(token: string | undefined): CallerName;
}

export interface ServiceTokenOptions {
  name: CallerName;
  /** At least 32 bytes, the same at every service. */
  key: string;
  /** The key before or after `key`: accepted, never signed with, while a rotation rolls through the replicas. */
  otherKey?: string | undefined;
  now?: () => number;
}

/** Proof of the calling service that works with and without a mesh: a short-lived HS256 token in `x-service-token`. */
export function createServiceTokens({ name, key, otherKey, now = Date.now }: ServiceTokenOptions): ServiceTokens {
  const keys = otherKey === undefined ? [key] : [key, otherKey];
  if (keys.some((each) => Buffer.byteLength(each) < 32)) throw new Error("A service token key needs 32 bytes or more");
  const verified = new Map<string, { name: CallerName; untilMs: number }>();
  let signed = { token: "", atMs: Number.NEGATIVE_INFINITY };

  const verifyAnew = (token: string): CallerName => {
    const claims = firstVerified(token, keys, now());
    if (!claims || !CALLER_NAMES.includes(claims.iss ?? "")) throw invalid();
    if (verified.size >= MAX_VERIFIED) verified.clear();
    verified.set(token, { name: claims.iss as CallerName, untilMs: (claims.exp ?? 0) * 1000 });
    return claims.iss as CallerName;
  };

  return {
    header() {
      if (now() - signed.atMs >= RESIGN_MS) {
        const iat = Math.floor(now() / 1000);
        const claims = { iss: name, aud: AUDIENCE, iat, exp: iat + LIFE_SECONDS };
        signed = { token: jwt.sign(claims, key, { algorithm: "HS256" }), atMs: now() };
      }
      return signed.token;
    },
    verify(token) {
      if (!token) throw invalid();
      const known = verified.get(token);
      if (known && known.untilMs > now()) return known.name;
      return verifyAnew(token);
    },
  };
}

function firstVerified(token: string, keys: string[], nowMs: number): jwt.JwtPayload | undefined {
  for (const key of keys) {
    try {
      const claims = jwt.verify(token, key, {
        algorithms: ["HS256"],
        audience: AUDIENCE,
        clockTimestamp: Math.floor(nowMs / 1000),
        maxAge: LIFE_SECONDS,
      });
      if (typeof claims === "object" && claims.exp !== undefined) return claims;
    } catch {
      // The other key may fit; when none does the caller is told so.
    }
  }
  return undefined;
}

const invalid = (): AppError => new AppError(401, "service_token.invalid", "This path is for other services");
