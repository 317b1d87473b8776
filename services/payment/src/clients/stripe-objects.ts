import { Currency, type Money } from "@tradepost/contracts/money";
import type Stripe from "stripe";
import { z } from "zod";
import type {
  IntentState,
  ProviderCapture,
  ProviderDispute,
  ProviderEvent,
  ProviderIntent,
  ProviderRefund,
  RefundState,
} from "../domain/provider-event.ts";

const Id = z.uuid();
const orderIdOf = (metadata: Stripe.Metadata | null): string | null => Id.safeParse(metadata?.orderId).data ?? null;
const idOf = (object: string | { id: string } | null): string | null =>
  typeof object === "string" ? object : (object?.id ?? null);
const toDate = (seconds: number): Date => new Date(seconds * 1000);

const toMoney = (amount: number, currency: string): Money => ({
  amount,
  currency: Currency.parse(currency.toUpperCase()),
});

/** Whoever shares the Stripe account may sell in currencies that the shop does not have. */
export const isInOurCurrency = (object: object): boolean =>
  !("currency" in object) || Currency.safeParse(String(object.currency).toUpperCase()).success;

export function toProviderIntent(intent: Stripe.PaymentIntent): ProviderIntent {
  if (!intent.client_secret) throw new Error("Stripe gave a PaymentIntent without a client secret");
  return {
    id: intent.id,
    orderId: orderIdOf(intent.metadata),
    clientSecret: intent.client_secret,
    amount: toMoney(intent.amount, intent.currency),
    state: stateOf(intent.status),
    capture: captureOf(intent),
    createdAt: toDate(intent.created),
  };
}

function stateOf(status: Stripe.PaymentIntent.Status): IntentState {
  if (status === "succeeded") return "captured";
  if (status === "canceled") return "cancelled";
  return status === "processing" ? "processing" : "payable";
}

/** When the charge is there, its time is the capture's; an intent alone does not say when it was paid. */
export function captureOf(intent: Stripe.PaymentIntent): ProviderCapture | null {
  if (intent.status !== "succeeded") return null;
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  return {
    intentId: intent.id,
    amount: toMoney(intent.amount_received, intent.currency),
    at: charge ? toDate(charge.created) : new Date(),
  };
}

const REFUND_STATES: Record<string, RefundState> = { succeeded: "settled", failed: "failed", canceled: "failed" };

export const toProviderRefund = (refund: Stripe.Refund): ProviderRefund => ({
  id: refund.id,
  intentId: idOf(refund.payment_intent),
  refundId: Id.safeParse(refund.metadata?.refundId).data ?? null,
  amount: toMoney(refund.amount, refund.currency),
  reason: refund.reason,
  state: REFUND_STATES[refund.status ?? ""] ?? "pending",
  failure: refund.failure_reason ?? (refund.status === "canceled" ? "canceled" : null),
  at: toDate(refund.created),
});

export const toProviderDispute = (dispute: Stripe.Dispute): ProviderDispute => ({
  id: dispute.id,
  intentId: idOf(dispute.payment_intent),
  amount: toMoney(dispute.amount, dispute.currency),
  status: dispute.status,
  reason: dispute.reason,
  at: toDate(dispute.created),
});

export function toProviderEvent(event: Stripe.Event): ProviderEvent {
  const base = { id: event.id, type: event.type, at: toDate(event.created) };
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
    case "refund.failed":
    case "charge.refund.updated":
      return { ...base, kind: "refund", refund: toProviderRefund(event.data.object) };
    case "charge.dispute.created":
    case "charge.dispute.updated":
    case "charge.dispute.closed":
      return { ...base, kind: "dispute", dispute: toProviderDispute(event.data.object) };
    default:
      return { ...base, kind: "other" };
  }
}
