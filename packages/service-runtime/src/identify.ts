import type { Fetch } from "@tradepost/api-client/client";
import { parseCookie } from "cookie";
import type { FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";
import { containsCardNumber } from "./card-number.ts";
import { GUEST, type Identify } from "./identity.ts";
import { createKeySet } from "./key-set.ts";
import { networkOf } from "./network.ts";
import { type CheckSession, createSessionGate, type SessionQuestion } from "./session-gate.ts";
import { createTokenVerifier } from "./token-verifier.ts";

/**
 * The names that a cookie may have. Over HTTPS it is the one that no other host, and nobody on the way, can set; the plain
 * one is for plain-HTTP localhost.
 */
const namesOf = (cookie: "session" | "device", secure: boolean): string[] =>
  secure ? [`__Host-${cookie}`] : [`__Host-${cookie}`, cookie];
/** Where apps, which have no cookies, send what browsers keep in the device cookie. */
export const DEVICE_HEADER = "x-device-key";

/** What a device key may be; whatever else is sent, no session is bound to it. */
const DEVICE_KEY = /^[\x20-\x7e]{1,256}$/;

const READ_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface IdentifyOptions {
  jwks: { userUrl: string; fetch?: Fetch };
  issuer: string;
  audience: string;
  checkSession: CheckSession;
  /** Origins whose pages may write with the session cookie, e.g. `https://shop.example`. */
  allowedOrigins: readonly string[];
  now?: () => number;
}

/**
 * Tells who sent a request, from its bearer token or session cookie. Throws AppError 401 for a token that is not valid or
 * whose session has ended, 403 for a write by cookie from another origin, and 503 when sessions cannot be checked.
 */
export function createIdentify(options: IdentifyOptions): Identify {
  const { issuer, audience, allowedOrigins, now = Date.now } = options;
  const keys = createKeySet({ ...options.jwks, now });
  const verify = createTokenVerifier({ keys, issuer, audience, now });
  const checkSession = createSessionGate(options.checkSession, undefined, now);
  const secure = allowedOrigins.every((origin) => origin.startsWith("https:"));
  const sessionCookies = namesOf("session", secure);

  return async (request) => {
    const cookies = readCookies(request);
    const bearer = bearerToken(request);
    const cookieName = bearer === undefined ? sessionCookies.find((name) => cookies[name]) : undefined;
    const token = bearer ?? (cookieName && cookies[cookieName]);
    if (token === undefined) return GUEST;
    if (cookieName) refuseOtherOrigins(request, allowedOrigins);
    try {
      const { userId, sessionId } = await verify(token);
      const session = await checkSession({
        sessionId,
        ...deviceOf(request, { secure, cookies }),
      } satisfies SessionQuestion);
      if (session.userId !== userId) throw new AppError(401, "token.invalid", "The token is not valid");
      return { kind: "shopper", userId, sessionId, roles: session.roles, permissions: session.permissions };
    } catch (error) {
      throw cookieName && error instanceof AppError && error.status === 401 ? forgetCookie(error, cookieName) : error;
    }
  };
}

/** The request's cookies by name; none when the header is missing. */
export const readCookies = (request: FastifyRequest): Record<string, string | undefined> =>
  request.headers.cookie === undefined ? {} : parseCookie(request.headers.cookie);

/** The key of the device a request comes from and the network it comes through; `secure` where the shop is on HTTPS. */
export function deviceOf(
  request: FastifyRequest,
  { secure, cookies = readCookies(request) }: { secure: boolean; cookies?: Record<string, string | undefined> },
): { deviceKey?: string; network?: string } {
  const cookie = namesOf("device", secure)
    .map((name) => cookies[name])
    .find(Boolean);
  const deviceKey = cookie ?? request.headers[DEVICE_HEADER]?.toString();
  const network = networkOf(request.ip);
  return { ...(isDeviceKey(deviceKey) ? { deviceKey } : {}), ...(network ? { network } : {}) };
}

/** A user service that is asked about anything else refuses the question, which would look like its failure. */
const isDeviceKey = (key: string | undefined): key is string =>
  key !== undefined && DEVICE_KEY.test(key) && !containsCardNumber(key);

function bearerToken(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new AppError(401, "token.invalid", "Send the token as: Authorization: Bearer <token>");
  return token;
}

/** A browser names the origin of every write; where it does not, it must say that the page is the shop's own. */
function refuseOtherOrigins(request: FastifyRequest, allowed: readonly string[]): void {
  if (READ_METHODS.has(request.method)) return;
  const { origin } = request.headers;
  const isOwn = origin === undefined ? request.headers["sec-fetch-site"] === "same-origin" : allowed.includes(origin);
  if (!isOwn) throw new AppError(403, "origin.refused", "This page may not act for you here");
}

/** An HttpOnly cookie that no longer works would lock a guest out of visitor routes: only the server can remove it. */
function forgetCookie(error: AppError, name: string): AppError {
  const attributes = `Path=/; Max-Age=0; HttpOnly; SameSite=Strict${name.startsWith("__Host-") ? "; Secure" : ""}`;
  return new AppError(error.status, error.code, error.title, {
    headers: { ...error.headers, "set-cookie": `${name}=; ${attributes}` },
    cause: error.cause,
  });
}
