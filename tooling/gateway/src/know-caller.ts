import type { Exchange } from "./exchange.ts";
import { firstOf } from "./exchange.ts";
import { readTokens } from "./tokens.ts";

export const RATE_LIMIT_KEY = "x-rate-limit-key";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SESSION_COOKIES = ["__Host-session", "session"];

/** What deploy/kong/lua/know-caller.lua does in Kong. */
export function knowCaller(exchange: Exchange): undefined {
  const { request, upstreamHeaders } = exchange;
  delete upstreamHeaders[RATE_LIMIT_KEY];
  const id = firstOf(upstreamHeaders["x-request-id"]);
  if (id !== undefined && !UUID.test(id)) delete upstreamHeaders["x-request-id"];

  const { tokens, cookie } = readTokens(request.headers, SESSION_COOKIES);
  if (cookie !== undefined) exchange.sessionCookie = cookie;
  exchange.hasAuthorization = request.headers.authorization !== undefined;
  exchange.hasToken = tokens.size > 0;
  const [token] = tokens;
  const subject = tokens.size === 1 && token !== undefined ? subjectOf(token) : undefined;
  if (subject !== undefined) upstreamHeaders[RATE_LIMIT_KEY] = subject;
}

/** The `sub` of a token that nobody has verified yet. */
function subjectOf(token: string): string | undefined {
  const payload = /^[^.]+\.([^.]+)\.[^.]+$/.exec(token)?.[1];
  if (payload === undefined || !/^[\w+/-]+$/.test(payload) || payload.length % 4 === 1) return undefined;
  const claims = Buffer.from(payload, "base64").toString("latin1");
  return /"sub"\s*:\s*"([A-Za-z0-9-]+)"/.exec(claims)?.[1];
}
