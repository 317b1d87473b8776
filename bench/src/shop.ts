import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { startSandbox } from "@tradepost/local-stack/sandbox";
import { keptSecrets, type Secrets } from "@tradepost/local-stack/secrets";
import { type Addresses, serviceEnvironments } from "@tradepost/local-stack/service-environments";
import { type RunningService, startService } from "@tradepost/local-stack/services";
import { untracked } from "@tradepost/local-stack/steps";
import { type Stores, startStores } from "@tradepost/local-stack/stores";
import { freePort } from "@tradepost/servers/ports";
import { importGenerated } from "./catalogue/import-generated.ts";
import type { Say } from "./rounds.ts";

export const SERVICES = ["user", "product", "cart", "payment", "order"] as const satisfies ServiceName[];

/** How many products the shop has; what is measured at 100,000 says so. */
export const SHOP_PRODUCTS = 1_000;

export interface Shop {
  stores: Stores;
  addresses: Addresses;
  secrets: Secrets;
  pid: (service: ServiceName) => number | undefined;
  /** Starts one more process of a service, on ports of its own, beside the shop's; it ends with the scenario. */
  startAnother: (service: ServiceName, options?: AnotherOptions) => Promise<RunningService & { url: string }>;
}

/** Settings besides the shop's, and what to run in place of the service's sources. */
export interface AnotherOptions {
  env?: Record<string, string>;
  program?: string;
}

type OnStop = (stop: () => Promise<unknown>) => void;

/** The stores, the sandbox and the five services, each in a process of its own, set up as `npm start` does. */
export async function openShop(dir: string, say: Say, onStop: OnStop, onClear: OnStop): Promise<Shop> {
  mkdirSync(dir, { recursive: true });
  const secrets = keptSecrets(dir);
  say("starting the stores");
  const stores = await startStores({ dir: join(dir, "stores"), durable: true, download: true, track: untracked });
  onStop(stores.stop);
  say(`importing ${SHOP_PRODUCTS} products into MongoDB: ${stores.mongoDescription}`);
  await importGenerated(stores.mongoUrl, SHOP_PRODUCTS, dir, say);

  const addresses = await addressesOf(stores);
  const webhook = { url: `${addresses.serviceUrls.payment}/v1/webhooks/stripe`, secret: secrets.stripeWebhookSecret };
  const sandboxPort = Number(new URL(addresses.sandboxUrl).port);
  say("starting the sandbox and the services");
  const sandbox = await startSandbox({ dir: join(dir, "sandbox"), port: sandboxPort, webhook, onCrash });
  onStop(sandbox.stop);

  const environments = serviceEnvironments(addresses, secrets);
  const start = async (service: ServiceName, port: number, name: string, { env, ...program }: AnotherOptions = {}) => {
    const merged = { ...environments[service], ...env };
    return startService({ service, ...program, port, replicas: 1, env: merged, dir: join(dir, "logs", name), onCrash });
  };
  const running: Partial<Record<ServiceName, RunningService>> = {};
  for (const service of SERVICES) {
    running[service] = await start(service, Number(new URL(addresses.serviceUrls[service]).port), "shop");
    onStop(running[service].stop);
  }
  return {
    ...{ stores, addresses, secrets },
    pid: (service) => running[service]?.replicas[0]?.pid(),
    startAnother: async (service, options) => {
      const port = await freePort();
      const another = await start(service, port, `another-${port}`, options);
      onClear(another.stop);
      return { ...another, url: `http://127.0.0.1:${port}` };
    },
  };
}

function onCrash(name: string, pid: number): void {
  console.error(`${name} (process ${pid}) ended unasked: what is measured now is worth nothing`);
  process.exitCode = 1;
}

async function addressesOf({ databaseUrls, redisUrls, mongoUrl, rabbitUrl }: Stores): Promise<Addresses> {
  const storefrontUrl = `http://localhost:${await freePort()}`;
  const serviceUrls: Partial<Record<ServiceName, string>> = {};
  for (const service of SERVICES) serviceUrls[service] = `http://127.0.0.1:${await freePort()}`;
  return {
    ...{ databaseUrls, redisUrls, mongoUrl, rabbitUrl, storefrontUrl, origins: [storefrontUrl] },
    sandboxUrl: `http://localhost:${await freePort()}`,
    serviceUrls: serviceUrls as Addresses["serviceUrls"],
  };
}
