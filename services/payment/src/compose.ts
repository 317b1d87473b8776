import type { KeyRing } from "@tradepost/key-ring/key-ring";
import { createVault } from "@tradepost/key-ring/vault";
import type { Postgres } from "@tradepost/postgres/pool";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { ServiceBase } from "@tradepost/service-runtime/service-base";
import { createStripe } from "./clients/stripe.ts";
import type { Config } from "./config.ts";
import { paymentRoutes } from "./http/payment-routes.ts";
import { cancelPayment } from "./use-cases/cancel-payment.ts";
import { createPayment } from "./use-cases/create-payment.ts";
import { getPayment } from "./use-cases/get-payment.ts";
import { listPayments } from "./use-cases/list-payments.ts";
import { prunePayments } from "./use-cases/prune-payments.ts";
import { type ReceiveWebhookDeps, receiveWebhook } from "./use-cases/receive-webhook.ts";
import { reconcilePayments } from "./use-cases/reconcile-payments.ts";
import { refundPayment } from "./use-cases/refund-payment.ts";

export type UseCases = ReturnType<typeof composeUseCases>;
type StripeConfig = Pick<
  Config,
  "STRIPE_API_URL" | "STRIPE_SECRET_KEY" | "STRIPE_PUBLISHABLE_KEY" | "STRIPE_WEBHOOK_SECRET"
>;

/** All the wiring of the payment service: which function is given what. */
export function composeUseCases(
  config: StripeConfig,
  { query, transact }: Pick<Postgres, "query" | "transact">,
  onAlarm: ReceiveWebhookDeps["onAlarm"],
  tokenKeys: KeyRing,
) {
  const provider = createStripe({
    apiUrl: config.STRIPE_API_URL,
    secretKey: config.STRIPE_SECRET_KEY,
    webhookSecret: config.STRIPE_WEBHOOK_SECRET,
  });
  const deps = {
    sql: { query },
    transact,
    provider,
    vault: createVault(tokenKeys),
    publishableKey: config.STRIPE_PUBLISHABLE_KEY,
    onAlarm,
  };
  return {
    createPayment: createPayment(deps),
    getPayment: getPayment(deps),
    listPayments: listPayments(deps),
    receiveWebhook: receiveWebhook(deps),
    cancelPayment: cancelPayment(deps),
    refundPayment: refundPayment(deps),
    reconcilePayments: reconcilePayments(deps),
    prunePayments: prunePayments(deps),
  };
}

/** The service's HTTP side, not listening yet. */
export function composeApp(base: ServiceBase, useCases: UseCases) {
  const app = createServiceApp(base);
  base.telemetry.traceRequests(app);
  paymentRoutes(app, useCases);
  return app;
}
