import jwt from "jsonwebtoken";
import { AppError } from "./app-error.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { KeySet } from "./key-set.ts";

const MAX_TOKENS = 10_000;
/** A key that is withdrawn stops being believed after this long, however long its tokens would live. */
const MAX_TRUST_MS = 10 * 60_000;

export interface TokenClaims {
  userId: string;
  sessionId: string;
}

export interface TokenVerifierOptions {
  keys: KeySet;
  issuer: string;
  audience: string;
  now?: () => number;
}

/**
 * Verifies access tokens: ES256 only, a published key, issuer, audience and expiry. A verified token is remembered, so
 * that its signature is not checked on every request. Throws AppError 401 `token.invalid`, or 503 when no keys are known.
 */
export function createTokenVerifier({ keys, issuer, audience, now = Date.now }: TokenVerifierOptions) {
  const verified = createBoundedCache<TokenClaims>(MAX_TOKENS, now);

  return async (token: string): Promise<TokenClaims> => {
    const known = verified.get(token);
    if (known) return known;
    const header = jwt.decode(token, { complete: true })?.header;
    const key = header?.alg === "ES256" && header.kid ? await keys.find(header.kid) : undefined;
    if (!key) throw invalidToken();
    let claims: jwt.JwtPayload | string;
    try {
      const clockTimestamp = Math.floor(now() / 1000);
      claims = jwt.verify(token, key, { algorithms: ["ES256"], issuer, audience, clockTimestamp });
    } catch (error) {
      throw invalidToken(error);
    }
    const { sub, sid, exp } = typeof claims === "object" ? claims : {};
    if (typeof sub !== "string" || typeof sid !== "string" || typeof exp !== "number") throw invalidToken();
    const trusted = { userId: sub, sessionId: sid };
    verified.set(token, trusted, Math.min(exp * 1000, now() + MAX_TRUST_MS));
    return trusted;
  };
}

const invalidToken = (cause?: unknown): AppError =>
  new AppError(401, "token.invalid", "The token is not valid", {
    headers: { "www-authenticate": 'Bearer error="invalid_token"' },
    cause,
  });
