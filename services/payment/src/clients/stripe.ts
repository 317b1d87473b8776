import { Currency, type Money } from "@tradepost/contracts/money";
import Stripe from "stripe";
import { z } from "zod";
import type { ProviderCapture, ProviderEvent, ProviderRefund } from "../domain/provider-event.ts";

export interface StripeOptions {
  /** `https://api.stripe.com`, or a stand-in's address. */
  apiUrl: string;
  secretKey: string;
  webhookSecret: string;
  timeoutMs: number;
}

/** What this service asks of Stripe; every write carries an idempotency key, so all of them may be repeated. */
export interface PaymentProvider {
  createIntent: (payment: {
    orderId: string;
    orderNumber: string;
    amountCents: number;
    currency: Currency;
  }) => Promise<{ id: string; clientSecret: string }>;
  /** Resolves also when the intent was cancelled before, and to its capture when it was paid before. */
  cancelIntent: (intentId: string) => Promise<ProviderCapture | null>;
  refund: (refund: {
    refundId: string;
    orderId: string;
    intentId: string;
    amountCents: number;
  }) => Promise<ProviderRefund>;
  /** Reads a webhook. Throws StripeSignatureVerificationError for a forged or old one. */
  readWebhook: (rawBody: Buffer, signature: string) => ProviderEvent;
}

const WEBHOOK_TOLERANCE_SECONDS = 300;
const CAPTURED_OR_CANCELLED = "payment_intent_unexpected_state";

export function createStripe({ apiUrl, secretKey, webhookSecret, timeoutMs }: StripeOptions): PaymentProvider {
  const { protocol, hostname, port } = new URL(apiUrl);
  const stripe = new Stripe(secretKey, {
    protocol: protocol === "http:" ? "http" : "https",
    host: hostname,
    ...(port === "" ? {} : { port }),
    timeout: timeoutMs,
    maxNetworkRetries: 2,
    telemetry: false,
  });
  return {
    createIntent: async ({ orderId, orderNumber, amountCents, currency }) => {
      const intent = await stripe.paymentIntents
        .create(
          {
            amount: amountCents,
            currency: currency.toLowerCase(),
            automatic_payment_methods: { enabled: true },
            description: `Order ${orderNumber}`,
            metadata: { orderId, orderNumber },
          },
          { idempotencyKey: `order-${orderId}` },
        )
        .catch(rethrow);
      if (!intent.client_secret) throw new Error("Stripe gave a PaymentIntent without a client secret");
      return { id: intent.id, clientSecret: intent.client_secret };
    },
    cancelIntent: (intentId) =>
      stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: `cancel-${intentId}` }).then(
        () => null,
        (error) => (error.code === CAPTURED_OR_CANCELLED ? captureOf(error.payment_intent) : rethrow(error)),
      ),
    refund: async ({ refundId, orderId, intentId, amountCents }) =>
      toProviderRefund(
        await stripe.refunds
          .create(
            { payment_intent: intentId, amount: amountCents, metadata: { refundId, orderId } },
            // With the amount: once Stripe has refused one, it refuses another under the same key for a day.
            { idempotencyKey: `refund-${refundId}-${amountCents}` },
          )
          .catch(rethrow),
      ),
    readWebhook: (rawBody, signature) =>
      toProviderEvent(stripe.webhooks.constructEvent(rawBody, signature, webhookSecret, WEBHOOK_TOLERANCE_SECONDS)),
  };
}

/**
 * Marks what passes by itself: Stripe was not reached, had a fault of its own, still works on the same call, or wants
 * fewer of them. Callers are told to come back then, and events wait for as long as it takes.
 */
function rethrow(error: unknown): never {
  const { statusCode } = error as { statusCode?: number };
  const isPassing = statusCode === undefined || statusCode === 429 || statusCode === 409 || statusCode >= 500;
  throw error instanceof Stripe.errors.StripeError && isPassing ? Object.assign(error, { unavailable: true }) : error;
}

const Id = z.uuid();
const orderIdOf = (metadata: Stripe.Metadata | null): string | null => Id.safeParse(metadata?.orderId).data ?? null;
const idOf = (object: string | { id: string } | null): string | null =>
  typeof object === "string" ? object : (object?.id ?? null);

const toMoney = (amount: number, currency: string): Money => ({
  amount,
  currency: Currency.parse(currency.toUpperCase()),
});

/** The intent that comes with a refused cancellation says why it was refused. */
const captureOf = (intent: Stripe.PaymentIntent | undefined): ProviderCapture | null =>
  intent?.status === "succeeded"
    ? { intentId: intent.id, amount: toMoney(intent.amount_received, intent.currency), at: new Date() }
    : null;

/** Whoever shares the Stripe account may sell in currencies that the shop does not have. */
const isInOurCurrency = (object: object): boolean =>
  !("currency" in object) || Currency.safeParse(String(object.currency).toUpperCase()).success;

function toProviderEvent(event: Stripe.Event): ProviderEvent {
  const base = { id: event.id, type: event.type, at: new Date(event.created * 1000) };
  if (!isInOurCurrency(event.data.object)) return { ...base, kind: "other" };
  switch (event.type) {
    case "payment_intent.succeeded": {
      const { id, amount_received, currency, metadata } = event.data.object;
      const amount = toMoney(amount_received, currency);
      return { ...base, kind: "captured", intentId: id, orderId: orderIdOf(metadata), amount };
    }
    case "payment_intent.payment_failed": {
      const { id, metadata, last_payment_error: failure } = event.data.object;
      const code = failure?.code ?? "unknown";
      const declineCode = failure?.decline_code ?? null;
      return { ...base, kind: "failed", intentId: id, orderId: orderIdOf(metadata), code, declineCode };
    }
    case "payment_intent.canceled": {
      const { id, metadata } = event.data.object;
      return { ...base, kind: "cancelled", intentId: id, orderId: orderIdOf(metadata) };
    }
    case "refund.created":
    case "refund.updated":
      return { ...base, kind: "refund", refund: toProviderRefund(event.data.object) };
    default:
      return { ...base, kind: "other" };
  }
}

const toProviderRefund = (refund: Stripe.Refund): ProviderRefund => ({
  id: refund.id,
  intentId: idOf(refund.payment_intent),
  refundId: Id.safeParse(refund.metadata?.refundId).data ?? null,
  amount: toMoney(refund.amount, refund.currency),
  reason: refund.reason,
  succeeded: refund.status === "succeeded",
  at: new Date(refund.created * 1000),
});
