import { describeProblem } from "./describe-problem.ts";
import type { Exchange, Headers, PluginHandler } from "./exchange.ts";
import { knowCaller } from "./know-caller.ts";
import type { KongConfig, KongRoute, Plugin, PluginName } from "./kong-config.ts";
import { recogniseLua } from "./lua-functions.ts";
import { correlationId } from "./plugins/correlation-id.ts";
import { cors } from "./plugins/cors.ts";
import { type createJwtVerifier, jwt } from "./plugins/jwt.ts";
import { type createKongMetrics, prometheus } from "./plugins/prometheus.ts";
import { rateLimiting } from "./plugins/rate-limiting.ts";
import { requestSizeLimiting } from "./plugins/request-size-limiting.ts";
import { requestTransformer } from "./plugins/request-transformer.ts";
import { responseTransformer } from "./plugins/response-transformer.ts";
import type { Counters } from "./redis-counters.ts";

/** The order in which Kong 3.9 runs them: by the priority in each plugin's handler. */
const PRIORITIES: Record<PluginName, number> = {
  "pre-function": 1_000_000,
  "correlation-id": 100_001,
  cors: 2000,
  jwt: 1450,
  "request-size-limiting": 951,
  "rate-limiting": 910,
  "request-transformer": 801,
  "response-transformer": 800,
  prometheus: 13,
  "post-function": -1000,
};

export interface PluginDependencies {
  verifyToken: ReturnType<typeof createJwtVerifier>;
  countersFor: (config: Extract<Plugin, { name: "rate-limiting" }>["config"]) => Counters;
  metrics: ReturnType<typeof createKongMetrics>;
  now: () => number;
}

/** Everything that happens to a request of one route. */
export type PluginChain = readonly PluginHandler[];

/**
 * The plugins of a route in their order. Of several configurations of one plugin only the closest runs: the consumer's
 * before the route's before the global one. Without a route, it is the global ones, as in Kong's own 404.
 */
export function pluginChain(
  config: KongConfig,
  service: string,
  route: KongRoute | undefined,
  dependencies: PluginDependencies,
): PluginChain {
  const build = (plugin: Plugin, scope: string) =>
    createHandler(plugin, scope, { service, route: route?.name ?? "" }, dependencies);
  const own = new Map((route?.plugins ?? []).map((plugin) => [plugin.name, build(plugin, `route.${route?.name}`)]));
  const everywhere = new Map(config.plugins.map((plugin) => [plugin.name, build(plugin, "global")]));
  const byConsumer = new Map(
    config.consumers.map(({ username, plugins }) => [
      username,
      new Map(plugins.map((plugin) => [plugin.name, build(plugin, `consumer.${username}`)])),
    ]),
  );
  if (!everywhere.has("post-function")) throw new Error("kong.yml lacks describe-problem.lua");
  const ofConsumers = config.consumers.flatMap(({ plugins }) => plugins.map(({ name }) => name));
  const names = new Set([...own.keys(), ...everywhere.keys(), ...(route ? ofConsumers : [])]);
  return [...names]
    .sort((a, b) => PRIORITIES[b] - PRIORITIES[a])
    .flatMap((name) => {
      const fallback = own.get(name) ?? everywhere.get(name);
      if (!ofConsumers.includes(name)) return fallback ?? [];
      return chosenByConsumer((consumer) => byConsumer.get(consumer)?.get(name), fallback);
    });
}

function chosenByConsumer(
  find: (consumer: string) => PluginHandler | undefined,
  fallback: PluginHandler | undefined,
): PluginHandler {
  const choose = ({ consumer }: Exchange) => (consumer === undefined ? undefined : find(consumer)) ?? fallback;
  return {
    access: (exchange) => choose(exchange)?.access?.(exchange),
    respond: (exchange, status, headers) => choose(exchange)?.respond?.(exchange, status, headers),
  };
}

function createHandler(
  plugin: Plugin,
  scope: string,
  labels: { service: string; route: string },
  { verifyToken, countersFor, metrics, now }: PluginDependencies,
): PluginHandler {
  switch (plugin.name) {
    case "pre-function":
      return luaHandler(plugin.config.access, "know-caller", { access: knowCaller });
    case "correlation-id":
      return correlationId(plugin.config);
    case "cors":
      return cors(plugin.config);
    case "jwt":
      return jwt(plugin.config, verifyToken);
    case "request-size-limiting":
      return requestSizeLimiting(plugin.config);
    case "rate-limiting":
      return rateLimiting(plugin.config, scope, countersFor(plugin.config), now);
    case "request-transformer":
      return requestTransformer(plugin.config);
    case "response-transformer":
      return responseTransformer(plugin.config);
    case "prometheus":
      return prometheus(plugin.config, metrics, labels);
    case "post-function":
      // Their work is done where the gateway's own answers are written: see refuse().
      luaHandler(plugin.config.header_filter, "describe-problem", {});
      return luaHandler(plugin.config.body_filter, "send-problem", {});
  }
}

function luaHandler(code: readonly string[], expected: string, handler: PluginHandler): PluginHandler {
  const [only] = code;
  if (only === undefined || recogniseLua(only) !== expected) throw new Error(`kong.yml lacks ${expected}.lua`);
  return handler;
}

/** Answers in the service's place: every plugin sees the answer, and a failure is told as a problem. */
export function refuse(chain: PluginChain, exchange: Exchange, status: number, headers: Headers = {}): void {
  for (const plugin of chain) plugin.respond?.(exchange, status, headers);
  const body = status >= 400 ? describeProblem(exchange, status, headers) : "";
  exchange.response.writeHead(status, headers);
  exchange.response.end(body);
}
