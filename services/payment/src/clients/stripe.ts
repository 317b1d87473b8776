import type { Currency } from "@tradepost/contracts/money";
import Stripe from "stripe";
import type { ProviderCapture, ProviderEvent, ProviderIntent, ProviderRefund } from "../domain/provider-event.ts";
import { rethrow } from "./stripe-errors.ts";
import { createStripeLists, type ProviderLists } from "./stripe-lists.ts";
import { captureOf, toProviderEvent, toProviderIntent, toProviderRefund } from "./stripe-objects.ts";

export interface StripeOptions {
  /** `https://api.stripe.com`, or a stand-in's address. */
  apiUrl: string;
  secretKey: string;
  webhookSecret: string;
}

/**
 * What this service asks of Stripe. Every write that could be done twice carries an idempotency key made of our ids and
 * the number of the attempt, so each attempt may be repeated.
 */
export interface PaymentProvider {
  createIntent: (payment: {
    orderId: string;
    orderNumber: string;
    amountCents: number;
    currency: Currency;
    attempt: number;
  }) => Promise<ProviderIntent>;
  /** The order's intent made since then that is not cancelled, the oldest if there are several. */
  findIntentOf: (orderId: string, since: Date) => Promise<ProviderIntent | null>;
  /** The intent with the time of its capture; null when Stripe has never heard of it. */
  findIntent: (intentId: string) => Promise<ProviderIntent | null>;
  /** Resolves also when the intent was cancelled before, and to its capture when it was paid before. */
  cancelIntent: (intentId: string) => Promise<ProviderCapture | null>;
  refund: (refund: {
    refundId: string;
    orderId: string;
    intentId: string;
    amountCents: number;
    attempt: number;
  }) => Promise<ProviderRefund>;
  listRefundsOf: (intentId: string) => Promise<ProviderRefund[]>;
  lists: ProviderLists;
  /** Reads a webhook. Throws StripeSignatureVerificationError for a forged or old one. */
  readWebhook: (rawBody: Buffer, signature: string) => ProviderEvent;
}

const WEBHOOK_TOLERANCE_SECONDS = 300;
const CAPTURED_OR_CANCELLED = "payment_intent_unexpected_state";

/** While a shopper waits; see the table of times in docs/purchase-flow.md. */
const SHOPPER_WAITS = { timeout: 4_000, maxNetworkRetries: 1 };
/** Another attempt comes after a failed one and a look at what that has made. */
const SHOPPER_HAS_WAITED = { timeout: 4_000, maxNetworkRetries: 0 };
/** Looking for what a failed attempt made must leave time for the next one. */
const LOOKING = { timeout: 2_000, maxNetworkRetries: 0 };
const IN_BACKGROUND = { timeout: 8_000, maxNetworkRetries: 1 };

export function createStripe({ apiUrl, secretKey, webhookSecret }: StripeOptions): PaymentProvider {
  const { protocol, hostname, port } = new URL(apiUrl);
  const stripe = new Stripe(secretKey, {
    protocol: protocol === "http:" ? "http" : "https",
    host: hostname,
    ...(port === "" ? {} : { port }),
    telemetry: false,
  });
  return {
    ...intentCalls(stripe),
    ...refundCalls(stripe),
    lists: createStripeLists(stripe),
    readWebhook: (rawBody, signature) =>
      toProviderEvent(stripe.webhooks.constructEvent(rawBody, signature, webhookSecret, WEBHOOK_TOLERANCE_SECONDS)),
  };
}

type IntentCalls = Pick<PaymentProvider, "createIntent" | "findIntentOf" | "findIntent" | "cancelIntent">;

const intentCalls = (stripe: Stripe): IntentCalls => ({
  createIntent: ({ orderId, orderNumber, amountCents, currency, attempt }) =>
    stripe.paymentIntents
      .create(
        {
          amount: amountCents,
          currency: currency.toLowerCase(),
          automatic_payment_methods: { enabled: true },
          description: `Order ${orderNumber}`,
          metadata: { orderId, orderNumber },
        },
        {
          idempotencyKey: attemptKey(`order-${orderId}`, attempt),
          ...(attempt === 1 ? SHOPPER_WAITS : SHOPPER_HAS_WAITED),
        },
      )
      .then(toProviderIntent, rethrow),
  findIntentOf: async (orderId, since) => {
    const created = { gte: Math.floor(since.getTime() / 1000) };
    const found: ProviderIntent[] = [];
    // The search API would find it by the metadata alone, but only a minute after it was made.
    const intents = stripe.paymentIntents.list({ created, limit: 100 }, LOOKING);
    await intents
      .autoPagingEach((intent) => {
        if (intent.metadata.orderId === orderId && intent.status !== "canceled") found.push(toProviderIntent(intent));
      })
      .catch(rethrow);
    return found.at(-1) ?? null;
  },
  findIntent: (intentId) =>
    stripe.paymentIntents
      .retrieve(intentId, { expand: ["latest_charge"] }, IN_BACKGROUND)
      .then(toProviderIntent, (error) => (error.statusCode === 404 ? null : rethrow(error))),
  // Without a key of ours: repeating it changes nothing, and a stored failure would stand in the way for a day.
  cancelIntent: (intentId) =>
    stripe.paymentIntents.cancel(intentId, {}, IN_BACKGROUND).then(
      () => null,
      (error) => (error.code === CAPTURED_OR_CANCELLED ? captureOf(error.payment_intent) : rethrow(error)),
    ),
});

const refundCalls = (stripe: Stripe): Pick<PaymentProvider, "refund" | "listRefundsOf"> => ({
  refund: ({ refundId, orderId, intentId, amountCents, attempt }) =>
    stripe.refunds
      .create(
        { payment_intent: intentId, amount: amountCents, metadata: { refundId, orderId } },
        // With the amount: once Stripe has refused one, it refuses another under the same key for a day.
        { idempotencyKey: attemptKey(`refund-${refundId}-${amountCents}`, attempt), ...IN_BACKGROUND },
      )
      .then(toProviderRefund, rethrow),
  listRefundsOf: (intentId) =>
    stripe.refunds
      .list({ payment_intent: intentId, limit: 100 }, IN_BACKGROUND)
      .then(({ data }) => data.map(toProviderRefund), rethrow),
});

const attemptKey = (base: string, attempt: number): string => (attempt === 1 ? base : `${base}-${attempt}`);
