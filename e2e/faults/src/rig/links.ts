import type { ServiceName } from "@tradepost/contracts/route";
import type { Addresses } from "@tradepost/local-stack/service-environments";
import type { Part } from "@tradepost/local-stack/stack";
import { type FaultProxy, startFaultProxy } from "@tradepost/testing/fault-proxy";

/** Who is called: a service, a store, or the stand-ins for Stripe and SendGrid. */
export type Target = ServiceName | "postgres" | "mongo" | "redis" | "rabbitmq" | "sandbox";

/** `order>product`: whatever the order service says to the product service, in both replicas. */
export type LinkName = `${Part}>${Target}`;

/** Every way through the shop, each with a proxy that can be told to misbehave. */
export interface Links {
  /** Throws for a link that nobody uses. */
  get(name: LinkName): FaultProxy;
  names(): LinkName[];
  /** All of them pass again. */
  heal(): void;
  close(): Promise<void>;
}

const SERVICES = ["user", "product", "cart", "payment", "order"] as const satisfies ServiceName[];

/** Who calls whom; a call that is not listed goes straight, without a proxy. */
const CALLS: Record<Part, readonly Target[]> = {
  gateway: [...SERVICES, "redis"],
  sandbox: ["payment"],
  user: ["order", "cart", "postgres", "redis", "rabbitmq", "sandbox"],
  product: ["user", "order", "mongo", "redis", "rabbitmq"],
  cart: ["user", "product", "redis", "rabbitmq"],
  payment: ["user", "postgres", "rabbitmq", "sandbox"],
  order: ["user", "cart", "product", "payment", "postgres", "rabbitmq", "sandbox"],
};

/** Puts proxies into a stack that is being started: `addressesFor` is the stack's option of that name. */
export function layLinks(): Links & { addressesFor: (part: Part, at: Addresses) => Promise<Addresses> } {
  const proxies = new Map<LinkName, FaultProxy>();
  return {
    addressesFor: async (part, at) => {
      const route = async (to: Target, url: string): Promise<string> => {
        if (!CALLS[part].includes(to)) return url;
        const proxy = await startFaultProxy({ target: url });
        proxies.set(`${part}>${to}`, proxy);
        // The proxy's URL is normalised; what is appended to a service's address must not meet a slash.
        return url.endsWith("/") ? proxy.url : proxy.url.replace(/\/$/, "");
      };
      return rerouted(part, at, route);
    },
    get: (name) => {
      const proxy = proxies.get(name);
      if (!proxy) throw new Error(`there is no link ${name}`);
      return proxy;
    },
    names: () => [...proxies.keys()],
    heal: () => {
      for (const proxy of proxies.values()) proxy.set({ kind: "pass" });
    },
    close: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
    },
  };
}

async function rerouted(
  part: Part,
  at: Addresses,
  route: (to: Target, url: string) => Promise<string>,
): Promise<Addresses> {
  const serviceUrls = { ...at.serviceUrls };
  for (const service of SERVICES) serviceUrls[service] = await route(service, at.serviceUrls[service]);
  const databaseUrls = { ...at.databaseUrls };
  if (part in databaseUrls) {
    const own = part as keyof typeof databaseUrls;
    databaseUrls[own] = await route("postgres", databaseUrls[own]);
  }
  const redisUrls = { ...at.redisUrls };
  if (part in redisUrls) {
    const own = part as keyof typeof redisUrls;
    redisUrls[own] = await route("redis", redisUrls[own]);
  }
  return {
    ...at,
    serviceUrls,
    databaseUrls,
    redisUrls,
    mongoUrl: await route("mongo", at.mongoUrl),
    rabbitUrl: await route("rabbitmq", at.rabbitUrl),
    sandboxUrl: await route("sandbox", at.sandboxUrl),
  };
}
