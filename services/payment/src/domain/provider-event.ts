import type { Money } from "@tradepost/contracts/money";

/** A refund as the provider tells it. `refundId` is ours, null for one made in the provider's dashboard. */
export interface ProviderRefund {
  id: string;
  intentId: string | null;
  refundId: string | null;
  amount: Money;
  reason: string | null;
  succeeded: boolean;
  at: Date;
}

/** A payment whose money is here. */
export interface ProviderCapture {
  intentId: string;
  amount: Money;
  at: Date;
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
    | { kind: "other" }
  );
