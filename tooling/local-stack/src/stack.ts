import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { ensureInstalled } from "@tradepost/servers/install";
import { freePort } from "@tradepost/servers/ports";
import { startGateway } from "./gateway.ts";
import { drawPictures, drawRest } from "./pictures.ts";
import { startSandbox } from "./sandbox.ts";
import { keptSecrets } from "./secrets.ts";
import { seedAccounts, seedCatalogue, seedPromotions } from "./seed.ts";
import { type Addresses, serviceEnvironments } from "./service-environments.ts";
import { type RunningService, startService } from "./services.ts";
import { type Track, untracked } from "./steps.ts";
import { buildStorefront } from "./storefront-build.ts";
import { type StoreName, type Stores, startStores } from "./stores.ts";
import type { Supervised } from "./supervise.ts";

export interface StackOptions {
  /** Holds all data, logs and secrets; a later start goes on with what is there. */
  dir: string;
  /** Where the drawn pictures are kept; `dir/media` unless said. */
  mediaDir?: string;
  /** `first` opens as soon as lists have their pictures, and draws the others behind the open shop. Default: all. */
  pictures?: "all" | "first";
  /** Preferred ports: the next free one is taken where it is not free. Without them, random free ones. */
  ports?: { gateway: number; sandbox: number; services: number; stores: Record<StoreName, number> };
  replicas?: number;
  durable?: boolean;
  download?: boolean;
  /** More environment for services, e.g. a shorter time to pay in tests. */
  serviceEnv?: Partial<Record<ServiceName, Record<string, string>>>;
  /** Where a part finds the others, when that is not where they are: tests of faults put proxies in between. */
  addressesFor?: (part: Part, at: Addresses) => Promise<Addresses>;
  track?: Track;
  onCrash?: (name: string, pid: number) => void;
}

/** Whoever calls somebody: the sandbox does so with Stripe's webhooks. */
export type Part = ServiceName | "gateway" | "sandbox";

export interface Stack {
  /** Storefront and API. */
  url: string;
  sandboxUrl: string;
  stores: Stores;
  services: Record<ServiceName, RunningService>;
  serviceUrls: Record<ServiceName, string>;
  gateway: Supervised;
  logDir: string;
  stop: () => Promise<void>;
}

type Stop = () => Promise<unknown>;
const SERVICES = ["user", "product", "cart", "payment", "order"] as const satisfies ServiceName[];

/**
 * The whole shop on this machine: stores, sandbox, services, gateway and storefront. Resolves when everything answers.
 * When a part cannot start, what has started is stopped before the error is thrown.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each().catch(() => {});
  };
  try {
    return { ...(await start(options, (each) => void stops.push(each))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: StackOptions, onStop: (stop: Stop) => void): Promise<Omit<Stack, "stop">> {
  const { dir, ports, replicas = 1, track = untracked, onCrash = () => {} } = options;
  const addressesFor = options.addressesFor ?? (async (_part: Part, addresses: Addresses) => addresses);
  const logDir = join(dir, "logs");
  mkdirSync(logDir, { recursive: true, mode: 0o700 });
  const secrets = keptSecrets(dir);
  await track("programs", (say) => ensureInstalled({ programs: ["redis-server", "rabbitmq-server"], log: say }));

  const storefront = track("storefront", buildStorefront);
  const mediaDir = options.mediaDir ?? join(dir, "media");
  const pictures = track("pictures", (say) => drawPictures(mediaDir, options.pictures ?? "all", say));
  for (const work of [storefront, pictures]) work.catch(() => {}); // awaited further down

  const stores = await startStores({
    ...{ dir: join(dir, "stores"), durable: options.durable ?? true, download: options.download ?? true, track },
    fillMongo: (url) => track("catalogue", (say) => seedCatalogue(url, dir, say)),
    ...(ports ? { ports: ports.stores } : {}),
  });
  onStop(stores.stop);

  const gatewayPort = await freePort(ports?.gateway);
  const sandboxPort = await freePort(ports?.sandbox);
  const servicePorts = await portsFor(ports?.services);
  const at = addresses(stores, gatewayPort, sandboxPort, servicePorts);
  const { serviceUrls: webhookTargets } = await addressesFor("sandbox", at);
  const webhook = { url: `${webhookTargets.payment}/v1/webhooks/stripe`, secret: secrets.stripeWebhookSecret };
  const sandbox = await track("sandbox", () =>
    startSandbox({ dir: join(dir, "sandbox"), port: sandboxPort, webhook, onCrash }),
  );
  onStop(sandbox.stop);

  // All are waited for, so that a failure leaves none behind that was still on its way up.
  const results = await Promise.allSettled(
    SERVICES.map((service) =>
      track(service, async () => {
        const environments = serviceEnvironments(await addressesFor(service, at), secrets);
        const env = { ...environments[service], ...options.serviceEnv?.[service] };
        const running = await startService({
          service,
          port: servicePorts[service],
          replicas,
          env,
          dir: logDir,
          onCrash,
        });
        onStop(running.stop);
        return [service, running] as const;
      }),
    ),
  );
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
  const started = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const demo = track("demo", async () => {
    await Promise.all([seedPromotions(stores.databaseUrls.order, dir), seedAccounts(at.databaseUrls.user, dir)]);
  });
  demo.catch(() => {}); // awaited further down
  const gateway = {
    logDir,
    port: gatewayPort,
    at: await addressesFor("gateway", at),
    secrets,
    staticDir: await storefront,
    mediaDir: await pictures,
    onCrash,
  };
  const running = await track("gateway", () => startGateway(gateway));
  onStop(running.stop);
  await demo;
  if (options.pictures === "first") onStop(drawRest(mediaDir).stop);
  return {
    ...{ url: at.storefrontUrl, sandboxUrl: at.sandboxUrl, stores, serviceUrls: at.serviceUrls, logDir },
    gateway: running,
    services: Object.fromEntries(started) as Stack["services"],
  };
}

async function portsFor(first: number | undefined): Promise<Record<ServiceName, number>> {
  const ports: Partial<Record<ServiceName, number>> = {};
  let next = first;
  for (const service of SERVICES) {
    const port = await freePort(next);
    ports[service] = port;
    next = first === undefined ? undefined : port + 1;
  }
  return ports as Record<ServiceName, number>;
}

function addresses(
  stores: Stores,
  gatewayPort: number,
  sandboxPort: number,
  servicePorts: Record<ServiceName, number>,
): Addresses {
  const { databaseUrls, redisUrls, mongoUrl, rabbitUrl } = stores;
  return {
    ...{ databaseUrls, redisUrls, mongoUrl, rabbitUrl },
    storefrontUrl: `http://localhost:${gatewayPort}`,
    origins: [`http://localhost:${gatewayPort}`, `http://127.0.0.1:${gatewayPort}`],
    sandboxUrl: `http://localhost:${sandboxPort}`,
    serviceUrls: Object.fromEntries(
      SERVICES.map((service) => [service, `http://127.0.0.1:${servicePorts[service]}`]),
    ) as Addresses["serviceUrls"],
  };
}
