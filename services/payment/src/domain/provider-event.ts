import type { Money } from "@tradepost/contracts/money";

/** `settled`: it went. `failed`: it did not, or was sent back, and stays so. `pending`: nobody knows yet. */
export type RefundState = "pending" | "settled" | "failed";

/** A refund as the provider tells it. `refundId` is ours, null for one made in the provider's dashboard. */
export interface ProviderRefund {
  id: string;
  intentId: string | null;
  refundId: string | null;
  amount: Money;
  reason: string | null;
  state: RefundState;
  /** Why it failed, where it did. */
  failure: string | null;
  at: Date;
}

/** A payment whose money is here. */
export interface ProviderCapture {
  intentId: string;
  amount: Money;
  at: Date;
}

/** The shopper's bank asks money back. */
export interface ProviderDispute {
  id: string;
  intentId: string | null;
  amount: Money;
  status: string;
  reason: string;
  at: Date;
}

/** `payable`: whoever has its secret may pay it. `processing`: the bank has it, and nobody can cancel it. */
export type IntentState = "payable" | "processing" | "captured" | "cancelled";

/** A payment as the provider has it. */
export interface ProviderIntent {
  id: string;
  orderId: string | null;
  clientSecret: string;
  amount: Money;
  state: IntentState;
  capture: ProviderCapture | null;
  createdAt: Date;
}

interface Base {
  id: string;
  type: string;
  at: Date;
}

/** What a webhook means to the shop. `orderId` is null for payments that others made with the same account. */
export type ProviderEvent = Base &
  (
    | ({ kind: "captured"; orderId: string | null } & ProviderCapture)
    | { kind: "failed"; intentId: string; orderId: string | null; code: string; declineCode: string | null }
    | { kind: "cancelled"; intentId: string; orderId: string | null }
    | { kind: "refund"; refund: ProviderRefund }
    | { kind: "dispute"; dispute: ProviderDispute }
    | { kind: "other" }
  );
