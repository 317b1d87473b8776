import { paymentRefunded, paymentRefundFailed } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import type { ProviderRefund } from "../domain/provider-event.ts";
import { lockPaymentOfIntent } from "../storage/payment-repository.ts";
import { failRefund, insertRefund, type NewRefund } from "../storage/refund-repository.ts";

/**
 * Writes down what became of a refund and tells everyone, each once and in whatever order it is told: a failure is the
 * last word. One whose outcome nobody knows yet is told by a later event. Resolves to the order's id when it was news,
 * else null.
 */
export async function recordRefund(tx: Sql, refund: ProviderRefund): Promise<string | null> {
  const { intentId } = refund;
  if (refund.state === "pending" || !intentId) return null;
  const payment = await lockPaymentOfIntent(tx, intentId);
  if (!payment) return null; // somebody else's payment with the same Stripe account
  const row: NewRefund = {
    providerRefundId: refund.id,
    orderId: payment.orderId,
    refundId: refund.refundId,
    amountCents: refund.amount.amount,
    refundedAt: refund.at,
  };
  const record = refund.state === "settled" ? recordSuccess : recordFailure;
  return (await record(tx, row, refund)) ? row.orderId : null;
}

async function recordSuccess(tx: Sql, row: NewRefund, refund: ProviderRefund): Promise<boolean> {
  if (!(await insertRefund(tx, row))) return false;
  await addToOutbox(tx, paymentRefunded, {
    aggregateId: row.orderId,
    payload: { ...toPayload(row, refund), reason: refund.reason, refundedAt: refund.at.toISOString() },
  });
  return true;
}

async function recordFailure(tx: Sql, row: NewRefund, refund: ProviderRefund): Promise<boolean> {
  const reason = refund.failure ?? "unknown";
  if (!(await failRefund(tx, row, reason))) return false;
  await addToOutbox(tx, paymentRefundFailed, {
    aggregateId: row.orderId,
    payload: { ...toPayload(row, refund), reason },
  });
  return true;
}

const toPayload = ({ orderId, refundId, providerRefundId }: NewRefund, { intentId, amount }: ProviderRefund) => ({
  ...{ paymentId: String(intentId), orderId, refundId, providerRefundId, amount },
});
