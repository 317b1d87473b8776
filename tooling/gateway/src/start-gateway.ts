import type { Server } from "node:http";
import { Registry } from "prom-client";
import { createTrust } from "./client-address.ts";
import { handleRequest, type RequestHandling } from "./handle-request.ts";
import { closeServer, createHttpServer, listen, type ServerTimeouts } from "./http-server.ts";
import type { KongConfig, PluginConfig } from "./kong-config.ts";
import { createPages, type PageOptions } from "./pages.ts";
import { pluginChain } from "./plugin-chain.ts";
import { createJwtVerifier, jwtCredentials } from "./plugins/jwt.ts";
import { createKongMetrics } from "./plugins/prometheus.ts";
import { sizeLimitBytes } from "./plugins/request-size-limiting.ts";
import { readKongConfig } from "./read-kong-config.ts";
import { type Counters, redisCounters } from "./redis-counters.ts";
import { createRouter } from "./router.ts";
import { createUpstream } from "./upstream.ts";
import { type Environment, redisVariables } from "./vault-references.ts";

const DRAIN_MS = 10_000;

export interface GatewayOptions extends PageOptions {
  /** kong.yml. */
  configFile: string;
  /** Where its `{vault://env/…}` references come from; the process's own environment unless said. */
  env?: Environment | undefined;
  /** In place of the REDIS_ variables. */
  redisUrl?: string | undefined;
  host?: string | undefined;
  /** 0 takes a free one. */
  port?: number | undefined;
  /** Serves /livez and /metrics when given. */
  operationsPort?: number | undefined;
  /** Where services are, by name, in place of kong.yml's addresses. */
  upstreams?: Readonly<Record<string, string>> | undefined;
  /** Proxies whose X-Forwarded-For is believed, as addresses or ranges. */
  trustedIps?: readonly string[] | undefined;
  timeouts?: ServerTimeouts | undefined;
  now?: (() => number) | undefined;
}

export interface Gateway {
  url: string;
  port: number;
  operationsPort: number | undefined;
  /** Lets running requests end, for ten seconds at most. */
  close(): Promise<void>;
}

/** Starts the gateway. Throws an Error for a configuration it would not treat as Kong does, and when it cannot listen. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = "127.0.0.1" } = options;
  const env = { ...(options.env ?? process.env), ...(options.redisUrl ? redisVariables(options.redisUrl) : {}) };
  const config = readKongConfig(options.configFile, env);
  const registry = new Registry();
  const { handling, connect, release } = wire(config, options, registry);
  const server = createHttpServer((request, response) => {
    void handleRequest(handling, request, response);
  }, options.timeouts);
  try {
    await connect();
    const port = await listen(server, options.port ?? 0, host);
    const operations = await startOperations(options.operationsPort, host, registry);
    return {
      url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
      port,
      operationsPort: operations?.port,
      close: async () => {
        await closeServer(server, DRAIN_MS);
        await release();
        if (operations) await closeServer(operations.server, 0);
      },
    };
  } catch (error) {
    server.close();
    await release();
    throw error;
  }
}

/** Everything that a request meets, by hand. `connect` resolves when it is known whether Redis is there. */
function wire(config: KongConfig, options: GatewayOptions, registry: Registry) {
  const { upstreams = {}, now = Date.now } = options;
  refuseUnknownServices(config, upstreams);
  const isTrusted = createTrust(options.trustedIps ?? ["127.0.0.0/8", "::1"]);
  const servePage = createPages(options);
  const counters = new Map<string, Counters>();
  const dependencies = {
    verifyToken: createJwtVerifier(jwtCredentials(config.consumers), now),
    countersFor: ({ redis }: PluginConfig<"rate-limiting">) => {
      const key = JSON.stringify(redis);
      const known = counters.get(key) ?? redisCounters(redis);
      counters.set(key, known);
      return known;
    },
    metrics: createKongMetrics(registry),
    now,
  };
  const services = config.services.map((service) => ({
    service,
    upstream: createUpstream(service, upstreams[service.name]),
  }));
  const routes = services.flatMap(({ service, upstream }) =>
    service.routes.map((route) => {
      const chain = pluginChain(config, service.name, route, dependencies);
      return { route, target: { upstream, chain } };
    }),
  );
  const handling: RequestHandling = {
    findRoute: createRouter(routes),
    globalChain: pluginChain(config, "", undefined, dependencies),
    servePage,
    isTrusted,
    bodyLimitBytes: bodyLimitBytes(config),
  };
  return {
    handling,
    connect: () => Promise.all([...counters.values()].map((counter) => counter.connect())),
    release: async () => {
      await Promise.all(services.map(({ upstream }) => upstream.close()));
      for (const counter of counters.values()) counter.close();
    },
  };
}

function refuseUnknownServices(config: KongConfig, upstreams: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(upstreams)) {
    if (!config.services.some((service) => service.name === name)) throw new Error(`kong.yml has no service ${name}`);
  }
}

function bodyLimitBytes({ plugins }: KongConfig): number {
  const limit = plugins.find((plugin) => plugin.name === "request-size-limiting");
  return limit ? sizeLimitBytes(limit.config) : Number.POSITIVE_INFINITY;
}

async function startOperations(
  port: number | undefined,
  host: string,
  registry: Registry,
): Promise<{ server: Server; port: number } | undefined> {
  if (port === undefined) return undefined;
  const server = createHttpServer((request, response) => {
    if (request.url === "/livez") return void response.end("ok");
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    void registry.metrics().then((text) => response.setHeader("content-type", registry.contentType).end(text));
  });
  return { server, port: await listen(server, port, host) };
}
