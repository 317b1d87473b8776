import { paymentDisputed } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import type { ProviderDispute } from "../domain/provider-event.ts";
import { noteDispute } from "../storage/dispute-repository.ts";
import { lockPaymentOfIntent } from "../storage/payment-repository.ts";

/** Writes a dispute's state down and tells everyone, once each. Resolves to the order's id when it was news, else null. */
export async function recordDispute(tx: Sql, dispute: ProviderDispute, toldAt: Date): Promise<string | null> {
  const payment = dispute.intentId ? await lockPaymentOfIntent(tx, dispute.intentId) : null;
  if (!payment) return null; // somebody else's payment with the same Stripe account
  const { orderId } = payment;
  const { id, amount, status, reason, at: openedAt } = dispute;
  if (!(await noteDispute(tx, { id, orderId, amountCents: amount.amount, status, reason, openedAt, toldAt })))
    return null;
  await addToOutbox(tx, paymentDisputed, {
    aggregateId: orderId,
    payload: { paymentId: String(dispute.intentId), orderId, disputeId: id, amount, status },
  });
  return orderId;
}
