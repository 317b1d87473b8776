import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { runNode } from "@tradepost/local-stack/run-node";
import { makeSecrets } from "@tradepost/local-stack/secrets";
import { type Addresses, serviceEnvironments } from "@tradepost/local-stack/service-environments";
import { type RunningService, repository, startService } from "@tradepost/local-stack/services";
import { connectBroker } from "@tradepost/messaging/connection";
import { createPublisher } from "@tradepost/messaging/publisher";
import { startSandbox } from "@tradepost/sandbox/start-sandbox";
import { freePort } from "@tradepost/servers/ports";
import { testDatabase, testMongo, testRabbit, testRedis } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import type { CheckoutRecord, Expected } from "../src/history/expected.ts";
import type { Facts, OutboxFact } from "../src/history/facts.ts";
import { gatherFacts } from "../src/history/gather-facts.ts";
import type { Places } from "../src/history/places.ts";
import { mutated } from "../src/mutations/mutated.ts";
import { MUTATIONS, type MutationName } from "../src/mutations/mutations.ts";
import { INITIAL_STOCK, smallCatalogue } from "./small-catalogue.ts";

export type SmallShop = Awaited<ReturnType<typeof startSmallShop>>;

const SERVICES = ["product", "cart", "payment", "order"] as const satisfies ServiceName[];

/** All services that a guest's purchase needs, as processes on stores of their own; perhaps without one protection. */
export async function startSmallShop(mutation?: MutationName) {
  const stores = await openStores();
  const dir = mkdtempSync(join(tmpdir(), "tradepost-small-shop-"));
  const secrets = makeSecrets();
  const ports = await Promise.all(SERVICES.map(async (service) => [service, await freePort()] as const));
  const port = Object.fromEntries(ports) as Record<(typeof SERVICES)[number], number>;
  const urlOf = (service: (typeof SERVICES)[number]) => `http://127.0.0.1:${port[service]}`;
  const sandbox = await startSandbox({
    ...{ port: 0, settleAfterMs: 100, webhookSecret: secrets.stripeWebhookSecret },
    webhookUrl: `${urlOf("payment")}/v1/webhooks/stripe`,
  });
  const addresses: Addresses = {
    ...{ storefrontUrl: "http://localhost:8080", origins: ["http://localhost:8080"], sandboxUrl: sandbox.url },
    databaseUrls: { user: stores.order.url, order: stores.order.url, payment: stores.payment.url },
    redisUrls: { product: stores.redis.url, user: stores.redis.url, cart: stores.redis.url, gateway: stores.redis.url },
    ...{ mongoUrl: stores.mongo.url, rabbitUrl: stores.rabbit.url },
    serviceUrls: {
      ...{ product: urlOf("product"), cart: urlOf("cart"), payment: urlOf("payment"), order: urlOf("order") },
      user: "http://127.0.0.1:9",
    },
  };
  await importCatalogue(stores.mongo.url, dir);
  const environments = serviceEnvironments(addresses, secrets);
  const crashes: string[] = [];
  const results = await Promise.allSettled(
    SERVICES.map((service) =>
      startService({
        ...{ service, port: port[service], replicas: 1, dir, onCrash: (name) => void crashes.push(name) },
        env: { ...environments[service], ...HURRIED[service], ...without(mutation, service) },
      }),
    ),
  );
  const running = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async () => {
    await Promise.all(running.map((service) => service.stop()));
    await sandbox.close();
    await Promise.all(Object.values(stores).map((store) => store.drop()));
    rmSync(dir, { recursive: true, force: true });
  };
  const failure = results.find((result) => result.status === "rejected");
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const places: Places = {
    databaseUrls: { order: stores.order.url, payment: stores.payment.url },
    ...{ mongoUrl: stores.mongo.url, rabbitUrl: stores.rabbit.url, cartRedisUrl: stores.redis.url },
    sandboxUrl: sandbox.url,
  };
  const checkouts: CheckoutRecord[] = [];
  const expected: Expected = { initialStock: INITIAL_STOCK, checkouts };
  return {
    ...{ places, expected, checkouts, sandbox, crashes, stop, serviceUrls: addresses.serviceUrls },
    facts: () => gatherFacts(places, expected),
    /** Has an event delivered to a consumer once more, and waits until that was handled. */
    deliverAgain: async (consumer: string, event: OutboxFact) => {
      const before = await handledBy(running, consumer);
      await sendTo(stores.rabbit.url, consumer, event);
      const isHandled = async () => (await handledBy(running, consumer)) > before;
      await waitFor(isHandled, { timeoutMs: 60_000, what: `${consumer} to handle ${event.routingKey} again` });
    },
  };
}

/** The facts once they are as they should be. */
export const factsWhen = (shop: SmallShop, what: string, isSo: (facts: Facts) => boolean): Promise<Facts> =>
  waitFor(
    async () => {
      const facts = await shop.facts();
      return isSo(facts) ? facts : undefined;
    },
    { timeoutMs: 60_000, intervalMs: 200, what },
  );

const HURRIED: Partial<Record<ServiceName, Record<string, string>>> = {
  product: { REFRESH_EVERY_MS: "200" },
  order: { SWEEP_EVERY_SECONDS: "1" },
};

const without = (mutation: MutationName | undefined, service: ServiceName): Record<string, string> =>
  mutation !== undefined && MUTATIONS[mutation].service === service ? mutated(mutation) : {};

async function openStores() {
  const [order, payment, mongo, redis, rabbit] = await Promise.all([
    ...[testDatabase(), testDatabase(), testMongo(), testRedis(), testRabbit()],
  ]);
  if (!order || !payment || !mongo || !redis || !rabbit) throw new Error("a store is missing");
  return { order, payment, mongo, redis, rabbit };
}

async function importCatalogue(mongoUrl: string, dir: string): Promise<void> {
  const file = join(dir, "catalogue.json");
  writeFileSync(file, JSON.stringify(smallCatalogue));
  const args = [join(repository, "services/product/src/import.ts"), "--file", file];
  await runNode({ args, cwd: repository, env: { MONGODB_URL: mongoUrl } });
}

async function sendTo(rabbitUrl: string, consumer: string, { id, routingKey, envelope }: OutboxFact): Promise<void> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const broker = await connectBroker({ url: rabbitUrl, log });
  const publisher = createPublisher(broker);
  try {
    const properties = { messageId: id, type: routingKey, contentType: "application/json" };
    await publisher.sendToQueue(consumer, Buffer.from(JSON.stringify(envelope)), properties);
  } finally {
    await publisher.close();
    await broker.close();
  }
}

/** How many messages a consumer has handled, however that ended, as its service's metrics say. */
async function handledBy(running: readonly RunningService[], consumer: string): Promise<number> {
  const [service] = consumer.split(".");
  const replica = running.flatMap(({ replicas }) => replicas).find((each) => each.service === service);
  const metrics = await (await fetch(`http://127.0.0.1:${replica?.operationsPort}/metrics`)).text();
  const lines = metrics.split("\n").filter((line) => line.startsWith("messaging_events_handled_total{"));
  const own = lines.filter((line) => line.includes(`consumer="${consumer}"`));
  return own.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
