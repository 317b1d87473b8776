import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddress, plain } from "./client-address.ts";
import type { Exchange } from "./exchange.ts";
import { endToEndHeaders, forwardedHeaders } from "./forwarded-headers.ts";
import { normalisePath } from "./normalise-path.ts";
import { type PluginChain, refuse } from "./plugin-chain.ts";
import { BodyCutOff, BodyTooLarge, discardBody, hasBody, readBody } from "./request-body.ts";
import type { Upstream } from "./upstream.ts";

export interface RouteTarget {
  upstream: Upstream;
  chain: PluginChain;
}

export interface RequestHandling {
  findRoute: (method: string, path: string) => RouteTarget | undefined;
  /** What Kong does where no route matches: the global plugins only. */
  globalChain: PluginChain;
  /** Pages and pictures; resolves to false for what it does not have. */
  servePage: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
  isTrusted: (address: string) => boolean;
  bodyLimitBytes: number;
}

/** Kong's, and so never a page: CloudFront sends these paths to it. */
const API = /^\/v1(\/|$)/;

/** One request from beginning to end. Never rejects. */
export async function handleRequest(
  handling: RequestHandling,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = createExchange(handling, request, response);
  try {
    await route(handling, exchange);
  } catch (error) {
    if (error instanceof BodyCutOff || response.destroyed) return void response.destroy();
    if (!(error instanceof BodyTooLarge)) console.error(placesOf(error));
    if (response.headersSent) return void response.destroy();
    answer(handling.globalChain, exchange, error instanceof BodyTooLarge ? 413 : 500);
  }
}

/** An error's name, code and places in the code: its message may quote what somebody sent. */
function placesOf(error: unknown): string {
  const { name, code, stack = "" } = error as Error & { code?: unknown };
  const frames = stack.split("\n").filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return [`${name} ${code ?? ""}`.trim(), ...frames].join("\n");
}

async function route(handling: RequestHandling, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const { method = "", url = "" } = request;
  const queryAt = url.indexOf("?");
  const path = /[^\x21-\x7e]/.test(url) ? undefined : normalisePath(queryAt < 0 ? url : url.slice(0, queryAt));
  if (path === undefined || hasRepeatedHeader(request)) return answer(handling.globalChain, exchange, 400);

  const target = handling.findRoute(method, path);
  if (!target) {
    const isServed = !API.test(path) && (await handling.servePage(request, response, path));
    return isServed ? discardBody(request) : answer(handling.globalChain, exchange, 404);
  }
  for (const plugin of target.chain) {
    const outcome = plugin.access?.(exchange);
    const refusal = outcome instanceof Promise ? await outcome : outcome;
    if (refusal) return answer(target.chain, exchange, refusal.status, refusal.headers);
  }
  await forward(handling, target, exchange, path, queryAt < 0 ? "" : url.slice(queryAt));
}

async function forward(
  { bodyLimitBytes, isTrusted }: RequestHandling,
  { upstream, chain }: RouteTarget,
  exchange: Exchange,
  path: string,
  query: string,
): Promise<void> {
  const { request, response, upstreamHeaders } = exchange;
  if (request.headers.expect !== undefined) response.writeContinue();
  let body: Buffer | undefined;
  try {
    body = hasBody(request) ? await readBody(request, bodyLimitBytes) : undefined;
  } catch (error) {
    if (error instanceof BodyTooLarge) return answer(chain, exchange, 413);
    throw error;
  }
  const client = {
    address: exchange.clientAddress,
    isTrustedPeer: isTrusted(plain(request.socket.remoteAddress ?? "")),
  };
  delete upstreamHeaders.host;
  delete upstreamHeaders.expect;
  if (body) upstreamHeaders["content-length"] = String(body.length);
  Object.assign(upstreamHeaders, forwardedHeaders(request, client, path));
  const sent = { method: request.method ?? "GET", path: path + query, headers: upstreamHeaders, body };
  const failure = await upstream.forward(sent, response, (status, headers) => {
    for (const plugin of chain) plugin.respond?.(exchange, status, headers);
  });
  if (failure !== undefined) answer(chain, exchange, failure);
}

function createExchange({ isTrusted }: RequestHandling, request: IncomingMessage, response: ServerResponse): Exchange {
  const forwardedFor = request.headers["x-forwarded-for"];
  return {
    request,
    response,
    startedAtMs: performance.now(),
    clientAddress: clientAddress(request.socket.remoteAddress, forwardedFor, isTrusted),
    upstreamHeaders: endToEndHeaders(request.headers),
    hasToken: false,
    hasAuthorization: false,
    isPreflight: false,
  };
}

function answer(chain: PluginChain, exchange: Exchange, status: number, headers = {}): void {
  if (exchange.response.destroyed) return;
  refuse(chain, exchange, status, { ...headers });
  discardBody(exchange.request);
}

/** Of these nginx accepts one only; two could be read differently by two servers. */
function hasRepeatedHeader({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  let authorizations = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
    else if (name.length === 13 && name.toLowerCase() === "authorization") authorizations++;
  }
  return hosts > 1 || authorizations > 1;
}
