import { parseArgs } from "node:util";
import { type GatewayOptions, startGateway } from "./start-gateway.ts";

const help = `Does what Kong does with deploy/kong/kong.yml, and serves the storefront where production has CloudFront.

  node src/main.ts --config FILE [options]

  --config FILE           kong.yml; what this gateway would not treat as Kong does, it refuses
  --port N                where to listen, 8080 unless said; 0 takes a free port
  --host NAME             127.0.0.1 unless said
  --upstream NAME=URL     where a service is, in place of kong.yml's address; once for each service
  --static DIR            the built storefront
  --media DIR             pictures, served below /media/
  --stripe-api-url URL    what browsers confirm payments with, in place of Stripe
  --redis-url URL         where requests are counted, in place of REDIS_HOST and so on
  --trusted-ips LIST      proxies whose X-Forwarded-For is believed; 127.0.0.0/8,::1 unless said
  --operations-port N     serves /livez and /metrics
  --help                  this text

The variables that kong.yml refers to: JWT_KEY_ID_1, JWT_PUBLIC_KEY_1 (PEM), the same with _2 while keys are changed,
CORS_ORIGINS (comma-separated), REDIS_HOST, REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD, REDIS_DATABASE, REDIS_SSL.
Prints "ready" when it listens. SIGTERM lets running requests end.`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        config: { type: "string" },
        port: { type: "string", default: "8080" },
        host: { type: "string", default: "127.0.0.1" },
        upstream: { type: "string", multiple: true, default: [] },
        static: { type: "string" },
        media: { type: "string" },
        "stripe-api-url": { type: "string" },
        "redis-url": { type: "string" },
        "trusted-ips": { type: "string" },
        "operations-port": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return giveUp(error);
  }
}

function giveUp(error: unknown): never {
  console.error(`the gateway cannot start: ${(error as Error).message}`);
  process.exit(1);
}

function gatewayOptions(values: ReturnType<typeof readArguments>): GatewayOptions {
  if (values.config === undefined) throw new Error("--config is missing");
  return {
    configFile: values.config,
    host: values.host,
    port: portNumber(values.port),
    operationsPort: values["operations-port"] === undefined ? undefined : portNumber(values["operations-port"]),
    upstreams: Object.fromEntries(values.upstream.map(readUpstream)),
    staticDir: values.static,
    mediaDir: values.media,
    stripeApiUrl: values["stripe-api-url"],
    redisUrl: values["redis-url"],
    trustedIps: values["trusted-ips"]?.split(","),
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${text} is not a port`);
  return port;
}

function readUpstream(text: string): [name: string, url: string] {
  const [, name, url] = /^([\w-]+)=(http:\/\/.+)$/.exec(text) ?? [];
  if (name === undefined || url === undefined)
    throw new Error(`--upstream ${text} is not like product=http://host:port`);
  return [name, url];
}

async function run(values: ReturnType<typeof readArguments>): Promise<void> {
  const gateway = await startGateway(gatewayOptions(values));
  console.log(`gateway at ${gateway.url}`);
  console.log("ready");
  const stop = () => void gateway.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

const values = readArguments();
if (values.help) console.log(help);
else await run(values).catch(giveUp);
