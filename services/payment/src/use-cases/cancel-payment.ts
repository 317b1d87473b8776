import type { Sql, Transact } from "@tradepost/postgres/sql";
import type { PaymentProvider } from "../clients/stripe.ts";
import type { ProviderCapture } from "../domain/provider-event.ts";
import { lockPayment, noteEndedOrder, setCancelled } from "../storage/payment-repository.ts";
import { recordCapture } from "./record-capture.ts";

export interface CancelPaymentDeps {
  transact: Transact;
  provider: Pick<PaymentProvider, "cancelIntent">;
}

/**
 * The order is over: no payment may be made for it, and the one it has is cancelled at Stripe. A capture that was
 * faster is told at once, without waiting for Stripe's own event, and the order service refunds it.
 */
export const cancelPayment =
  ({ transact, provider }: CancelPaymentDeps) =>
  async (orderId: string): Promise<void> => {
    const intentId = await transact((tx) => endPayment(tx, orderId));
    const capture = intentId && (await provider.cancelIntent(intentId));
    if (capture) await transact((tx) => noteCapture(tx, orderId, capture));
  };

async function noteCapture(tx: Sql, orderId: string, capture: ProviderCapture): Promise<void> {
  const payment = await lockPayment(tx, orderId);
  if (payment) await recordCapture(tx, payment, capture);
}

async function endPayment(tx: Sql, orderId: string): Promise<string | null> {
  await noteEndedOrder(tx, orderId);
  const payment = await lockPayment(tx, orderId);
  if (!payment || payment.status === "captured") return null;
  await setCancelled(tx, orderId);
  return payment.intent?.id ?? null;
}
