import { randomUUIDv7 } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { KeyRing, RingKeys } from "@tradepost/key-ring/key-ring";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import { startSandbox } from "@tradepost/sandbox/start-sandbox";
import { createLogger } from "@tradepost/service-runtime/logger";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { testDatabase } from "@tradepost/testing/stores";
import Stripe from "stripe";
import { composeUseCases } from "../src/compose.ts";
import { paymentRoutes } from "../src/http/payment-routes.ts";
import { paymentConsumers } from "../src/messaging/payment-consumers.ts";
import type { Alarm } from "../src/use-cases/receive-webhook.ts";

export type Stage = Awaited<ReturnType<typeof startStage>>;

const key = "k".repeat(32);
export const WEBHOOK_SECRET = "whsec_test";

/** Keys that stay as they are. */
export const ringOf = (...keys: RingKeys): KeyRing => ({ current: () => keys, refresh: async () => false });

/** The payment service listening, on a real database, with the sandbox as Stripe that sends it real webhooks. */
export async function startStage(tokenKeys: KeyRing = ringOf({ id: "k1", key: Buffer.alloc(32, 7) })) {
  const path = fileURLToPath(new URL("../migrations", import.meta.url));
  const database = await testDatabase((url) =>
    migrate({ url, directories: [messagingMigrations, { name: "payment", path }] }),
  );
  const postgres = createPostgres({ url: database.url, applicationName: "payment-test" });
  const stripeClock = { aheadMs: 0 };
  const sandbox = await startSandbox({ port: 0, nowMs: () => Date.now() + stripeClock.aheadMs });
  const alarms: Alarm[] = [];
  const useCases = composeUseCases(
    {
      ...{ STRIPE_API_URL: sandbox.url, STRIPE_SECRET_KEY: "sk_test_shop", STRIPE_PUBLISHABLE_KEY: "pk_test_shop" },
      ...{ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET },
    },
    postgres,
    (alarm) => void alarms.push(alarm),
    tokenKeys,
  );
  const logger = createLogger({ service: "payment", level: "silent" });
  const app = createServiceApp({
    name: "payment",
    logger,
    serviceTokens: createServiceTokens({ name: "payment", key }),
  });
  paymentRoutes(app, useCases);
  const stripe = new Stripe("sk_test_shop", { host: "127.0.0.1", port: sandbox.port, protocol: "http" });
  const orderToken = createServiceTokens({ name: "order", key }).header();
  return {
    databaseUrl: database.url,
    ...{ postgres, sandbox, stripe, stripeClock, app, useCases, alarms, consumers: paymentConsumers(useCases) },
    create: (orderId: string = randomUUIDv7(), cents = 4290, token = orderToken) =>
      app.inject({
        ...{ method: "PUT", url: `/internal/payments/${orderId}`, headers: { "x-service-token": token } },
        payload: { orderNumber: "7K2M-X9QD", amount: { amount: cents, currency: "EUR" } },
      }),
    get: (orderId: string) =>
      app.inject({ method: "GET", url: `/internal/payments/${orderId}`, headers: { "x-service-token": orderToken } }),
    listPayments: (query: URLSearchParams) =>
      app.inject({ method: "GET", url: `/internal/payments?${query}`, headers: { "x-service-token": orderToken } }),
    /** Delivers an event of the sandbox as Stripe would. */
    webhook: (event: object, { secret = WEBHOOK_SECRET, atSeconds = Math.floor(Date.now() / 1000) } = {}) => {
      const payload = JSON.stringify(event);
      const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: atSeconds });
      const headers = { "content-type": "application/json", "stripe-signature": signature };
      return app.inject({ method: "POST", url: "/v1/webhooks/stripe", payload, headers });
    },
    eventsOf: async (intentId: string, type?: string) => {
      const { data } = await stripe.events.list({ limit: 100, ...(type ? { type } : {}) });
      return data.filter(({ data: { object } }) =>
        [(object as { id?: string }).id, (object as { payment_intent?: string }).payment_intent].includes(intentId),
      );
    },
    outboxOf: async (orderId: string) =>
      (
        await postgres.query<{ routing_key: string; envelope: { payload: Record<string, unknown> } }>(
          "SELECT routing_key, envelope FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
          [orderId],
        )
      ).rows,
    stop: async () => {
      await app.close();
      await sandbox.close();
      await postgres.end();
      await database.drop();
    },
  };
}
