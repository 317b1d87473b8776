import { randomInt } from "node:crypto";
import { type Client, createClient } from "@tradepost/api-client/client";

export interface Visitor {
  /** Calls through the gateway with this visitor's cookies and from this visitor's address. */
  call: Client;
  /** For what contracts do not describe: the raw answer. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  cookies: Map<string, string>;
}

/**
 * Somebody with a browser's cookies and an address of their own, so that limits by address do not meet across tests
 * (the local gateway believes `X-Forwarded-For` from this machine, as Kong believes its load balancer). With another
 * visitor's cookies it is the same browser at another address.
 */
export function newVisitor(shopUrl: string, cookies = new Map<string, string>()): Visitor {
  const address = `198.18.${randomInt(256)}.${randomInt(1, 255)}`;

  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("x-forwarded-for", address);
    if (cookies.size > 0) headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
    if (init.method !== undefined && init.method !== "GET") headers.set("origin", shopUrl);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    return response;
  };

  return {
    call: createClient({ baseUrl: shopUrl, fetch: send, timeoutMs: 30_000, retries: 0 }),
    fetch: (path, init) => send(new URL(path, shopUrl).href, init),
    cookies,
  };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = "", ...attributes] = setCookie.split(/;\s*/);
  const [name = "", value = ""] = pair.split(/=(.*)/s);
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name);
  else cookies.set(name, value);
}
