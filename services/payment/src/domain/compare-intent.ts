import type { Money } from "@tradepost/contracts/money";
import type { PaymentStatus } from "@tradepost/contracts/payment";
import type { ProviderIntent } from "./provider-event.ts";

/** A payment as far as it is compared. */
export interface KnownPayment {
  orderId: string;
  intentId: string | null;
  status: PaymentStatus;
  amount: Money;
  captured: Money;
}

export type IntentRepair = "store_intent" | "record_capture" | "record_cancellation" | "cancel_intent";

/** What differs between Stripe and us. Without a `repair` a person has to look. */
export interface Difference {
  kind: string;
  detail: string;
  repair: IntentRepair | null;
}

const alert = (kind: string, detail: string): Difference => ({ kind, detail, repair: null });
const text = ({ amount, currency }: Money): string => `${amount} ${currency}`;
const isSame = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/** How an intent that carries our order's id and the payment of that order disagree. */
export function compareIntent(payment: KnownPayment | null, intent: ProviderIntent): Difference[] {
  if (!payment) return [alert("payment.missing", `Stripe has ${intent.id} (${intent.state}), but there is no payment`)];
  if (payment.intentId === null) return compareUnstored(intent);
  if (payment.intentId !== intent.id) return compareStray(payment, intent);
  return [...compareAmounts(payment, intent), ...compareStates(payment, intent)];
}

const compareUnstored = (intent: ProviderIntent): Difference[] =>
  intent.state === "cancelled"
    ? []
    : [{ kind: "intent.unrecorded", detail: `${intent.id} was made, but not noted`, repair: "store_intent" }];

function compareStray(payment: KnownPayment, intent: ProviderIntent): Difference[] {
  if (intent.state === "captured") {
    const kind = payment.status === "captured" ? "capture.second" : "capture.stray";
    return [alert(kind, `${intent.id} was paid beside ${payment.intentId} for the same order`)];
  }
  return intent.state === "payable"
    ? [
        {
          kind: "intent.surplus",
          detail: `${intent.id} could be paid beside ${payment.intentId}`,
          repair: "cancel_intent",
        },
      ]
    : [];
}

function compareAmounts(payment: KnownPayment, { amount, capture }: ProviderIntent): Difference[] {
  if (!isSame(payment.amount, amount))
    return [alert("amount.differs", `${text(amount)} at Stripe, ${text(payment.amount)} here`)];
  const isKnown = payment.status === "captured" && capture !== null;
  return isKnown && !isSame(payment.captured, capture.amount)
    ? [alert("amount.differs", `${text(capture.amount)} came in at Stripe, ${text(payment.captured)} here`)]
    : [];
}

function compareStates({ status }: KnownPayment, { id, state }: ProviderIntent): Difference[] {
  if (state === "captured" && status !== "captured")
    return [{ kind: "capture.unrecorded", detail: `${id} was paid, but is ${status} here`, repair: "record_capture" }];
  if (state !== "captured" && status === "captured")
    return [alert("capture.unknown", `captured here, but ${id} is ${state} at Stripe`)];
  if (state === "cancelled" && status === "awaiting")
    return [
      {
        kind: "cancellation.unrecorded",
        detail: `${id} is cancelled, but awaited here`,
        repair: "record_cancellation",
      },
    ];
  if (state === "payable" && status === "cancelled")
    return [{ kind: "intent.payable", detail: `${id} can be paid though its order is over`, repair: "cancel_intent" }];
  return [];
}
