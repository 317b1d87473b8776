import type { Exchange, Headers } from "./exchange.ts";

const PROBLEMS: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ["request.malformed", "The request is malformed"],
  404: ["route.not_found", "There is nothing at this address"],
  413: ["request.too_large", "The request body is too large"],
  417: ["request.too_large", "The request body is too large"],
  429: ["rate.limited", "Too many requests; wait a little"],
  502: ["upstream.unavailable", "This part of the shop cannot be reached just now"],
  503: ["upstream.unavailable", "This part of the shop cannot be reached just now"],
  504: ["upstream.timeout", "This part of the shop took too long to answer"],
};
const MALFORMED = ["request.malformed", "The request is malformed"] as const;
const INTERNAL = ["internal", "Something went wrong on our side"] as const;

/** What deploy/kong/lua/describe-problem.lua does in Kong: the body of the gateway's own refusal, and its headers. */
export function describeProblem(exchange: Exchange, status: number, headers: Headers): string {
  const [code, title] = problemOf(exchange, status);
  const requestId = String(headers["x-request-id"] ?? "");
  const body = JSON.stringify({ type: `urn:tradepost:problem:${code}`, title, status, code, requestId });
  headers["content-type"] = "application/problem+json";
  headers["content-length"] = String(Buffer.byteLength(body));
  headers["cache-control"] = "no-store";
  if (status === 401 && exchange.sessionCookie !== undefined && !exchange.hasAuthorization) {
    headers["set-cookie"] = forgetCookie(exchange.sessionCookie);
  }
  return body;
}

function problemOf(exchange: Exchange, status: number): readonly [string, string] {
  if (status === 401) {
    return exchange.hasToken ? ["token.invalid", "The token is not valid"] : ["token.missing", "Sign in first"];
  }
  return PROBLEMS[status] ?? (status < 500 ? MALFORMED : INTERNAL);
}

/** A browser cannot remove an HttpOnly cookie, and one that no longer works would refuse it everywhere. */
const forgetCookie = (name: string): string =>
  `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${name === "__Host-session" ? "; Secure" : ""}`;
