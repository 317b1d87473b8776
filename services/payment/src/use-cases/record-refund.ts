import { paymentRefunded } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import type { ProviderRefund } from "../domain/provider-event.ts";
import { insertRefund, lockPaymentOfIntent } from "../storage/payment-repository.ts";

/** Writes a refund down once and tells everyone; one that has not succeeded yet is told by a later event. */
export async function recordRefund(tx: Sql, refund: ProviderRefund): Promise<void> {
  const { intentId } = refund;
  if (!refund.succeeded || !intentId) return;
  const payment = await lockPaymentOfIntent(tx, intentId);
  if (!payment) return; // somebody else's payment with the same Stripe account
  const { orderId } = payment;
  const isNew = await insertRefund(tx, {
    providerRefundId: refund.id,
    orderId,
    refundId: refund.refundId,
    amountCents: refund.amount.amount,
    refundedAt: refund.at,
  });
  if (!isNew) return;
  await addToOutbox(tx, paymentRefunded, {
    aggregateId: orderId,
    payload: {
      paymentId: intentId,
      orderId,
      refundId: refund.refundId,
      providerRefundId: refund.id,
      amount: refund.amount,
      reason: refund.reason,
      refundedAt: refund.at.toISOString(),
    },
  });
}
