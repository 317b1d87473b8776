import { randomUUIDv7 } from "node:crypto";
import { fileURLToPath } from "node:url";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { Client } from "@tradepost/api-client/client";
import { resolveCart } from "@tradepost/contracts/cart";
import { createPayment, getPayment, listPayments, type PaymentStatus } from "@tradepost/contracts/payment";
import { holdStock, lookUpVariants, type StockShortage, type VariantDetails } from "@tradepost/contracts/product";
import type { Permission, RouteContract, RouteOutput } from "@tradepost/contracts/route";
import { getContact } from "@tradepost/contracts/user";
import type { Mail, MailProvider } from "@tradepost/mail/mail-provider";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { createPostgres } from "@tradepost/postgres/pool";
import type { Identity } from "@tradepost/service-runtime/identity";
import { createLogger } from "@tradepost/service-runtime/logger";
import { createMetrics } from "@tradepost/service-runtime/metrics";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { testDatabase } from "@tradepost/testing/stores";
import { composeUseCases } from "../src/compose.ts";
import { orderRoutes } from "../src/http/order-routes.ts";
import { staffOrderRoutes } from "../src/http/staff-order-routes.ts";
import { orderConsumers } from "../src/messaging/order-consumers.ts";
import type { SmsProvider } from "../src/use-cases/text-shopper.ts";
import { variant } from "./order-fixtures.ts";

export type Stage = Awaited<ReturnType<typeof startStage>>;

export interface Providers {
  mailProvider: MailProvider;
  smsProvider: SmsProvider;
}

/** The order service on a real database, between neighbours that a test can steer. Without providers, mails are kept. */
export async function startStage(given?: Providers) {
  const path = fileURLToPath(new URL("../migrations", import.meta.url));
  const database = await testDatabase((url) =>
    migrate({ url, directories: [messagingMigrations, { name: "order", path }] }),
  );
  const postgres = createPostgres({ url: database.url, applicationName: "order-test", max: 20 });
  const neighbours = createFakeNeighbours();
  const mails: (Mail & { to: string; reference: string })[] = [];
  const mailProvider: MailProvider = {
    send: async (to, mail, reference) => void mails.push({ to, ...mail, reference }),
    wasAccepted: async (reference) => mails.some((mail) => mail.reference === reference),
  };
  const smsProvider: SmsProvider = {
    send: () => Promise.reject(new Error("unwanted")),
    wasAccepted: async () => false,
  };
  const logger = createLogger({ service: "order", level: "silent" });
  const metrics = createMetrics("order");
  const providers = given ?? { mailProvider, smsProvider };
  const useCases = composeUseCases(config, { clientOf: () => neighbours.call, logger, metrics }, postgres, providers);
  const serviceTokens = createServiceTokens({ name: "order", key });
  return {
    ...{ postgres, neighbours, mails, metrics, useCases, consumers: orderConsumers(postgres.transact, useCases) },
    appFor: (identity: Identity = { kind: "guest" }) => {
      const app = createServiceApp({ name: "order", logger, serviceTokens, identify: async () => identity });
      orderRoutes(app, useCases);
      staffOrderRoutes(app, useCases);
      return app;
    },
    tokenOf: (name: "product" | "user" | "cart" | "operations") => createServiceTokens({ name, key }).header(),
    stop: async () => {
      await postgres.end();
      await database.drop();
    },
  };
}

export const shopper = (userId: string = randomUUIDv7()): Identity & { kind: "shopper" } => ({
  ...{ kind: "shopper", userId, sessionId: userId, roles: [], permissions: [] },
});

/** A member of staff who may do this; without permissions named, all that concerns orders. */
export const staffMember = (...permissions: Permission[]): Identity & { kind: "shopper" } => ({
  ...shopper(),
  permissions: permissions.length === 0 ? ["orders.read", "orders.write", "orders.ship"] : permissions,
});

const key = "k".repeat(32);
const url = "http://neighbour.invalid";
const config = {
  ...{ CART_SERVICE_URL: url, PRODUCT_SERVICE_URL: url, PAYMENT_SERVICE_URL: url, USER_SERVICE_URL: url },
  ...{ STOREFRONT_URL: "https://shop.example/", SENDGRID_URL: url, SENDGRID_API_KEY: "SG.test" },
  ...{ MAIL_FROM: "shop@example.com", MAIL_FROM_NAME: "Tradepost", ORDER_TOKEN_KEY: "o".repeat(32) },
  ...{ TWILIO_URL: url, TWILIO_ACCOUNT_SID: "AC0", TWILIO_AUTH_TOKEN: "token", SMS_FROM: "Tradepost" },
  ...{ PAY_WITHIN_SECONDS: 900, SWEEP_EVERY_SECONDS: 5, STUCK_AFTER_SECONDS: 30 },
  ...{ RECONCILE_EVERY_SECONDS: 300, REFUND_OVERDUE_SECONDS: 900 },
};

/** Cart, product, payment and user service by contract. `before` runs first and may throw, wait or count. */
function createFakeNeighbours() {
  const fake = {
    variants: [variant("MUG-BLUE", 1900), variant("MUG-RED", 2100)] as VariantDetails[],
    cart: { id: randomUUIDv7(), lines: [{ sku: "MUG-BLUE", quantity: 2 }] } as { id: string; lines: object[] } | null,
    shortages: null as StockShortage[] | null,
    isPayable: true,
    paymentStatus: "awaiting" as PaymentStatus,
    capturedCents: 4290,
    /** What the payment service lists, page by page. */
    payments: [] as RouteOutput<typeof listPayments>["items"][],
    calls: [] as string[],
    before: async (_route: RouteContract): Promise<void> => {},
    call: (async (route: RouteContract, input: NeighbourInput) => {
      fake.calls.push(`${route.method} ${route.path}`);
      await fake.before(route);
      return answer(route, input);
    }) as unknown as Client,
  };
  const answer = (route: RouteContract, input: NeighbourInput): unknown => {
    if (route === resolveCart) return fake.cart ?? refuse(404, "cart.expired");
    if (route === lookUpVariants) return { items: fake.variants };
    if (route === holdStock) return fake.shortages ? refuse(409, "stock.insufficient", { lines: fake.shortages }) : {};
    if (route === getContact) return { email: "account@example.com", name: "Ada", preferences: {} };
    if (route === getPayment) return standing(fake.paymentStatus, fake.capturedCents);
    if (route === listPayments) return pageOfPayments(fake.payments, input.query?.cursor);
    if (route !== createPayment) throw new Error(`nobody answers ${route.path}`);
    const id = `pi_${input.params?.orderId}`;
    return fake.isPayable
      ? { id, clientSecret: `${id}_secret`, publishableKey: "pk_test" }
      : refuse(409, "order.not_payable");
  };
  return fake;
}

const standing = (status: PaymentStatus, capturedCents: number) => ({
  ...{ status, amount: { amount: 4290, currency: "EUR" }, refunded: { amount: 0, currency: "EUR" } },
  captured: { amount: status === "captured" ? capturedCents : 0, currency: "EUR" },
});

interface NeighbourInput {
  params?: { orderId: string };
  query?: { cursor?: string };
}

function pageOfPayments(pages: RouteOutput<typeof listPayments>["items"][], cursor = "0") {
  const index = Number(cursor);
  return { items: pages[index] ?? [], nextCursor: index + 1 < pages.length ? String(index + 1) : null };
}

function refuse(status: number, code: string, extra: object = {}): never {
  throw new CallFailed({ type: "about:blank", title: code, status, code, requestId: "r", ...extra }, status);
}
