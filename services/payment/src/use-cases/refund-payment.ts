import type { Payload } from "@tradepost/contracts/event";
import type { orderRefundRequested } from "@tradepost/contracts/order";
import { paymentRefundFailed } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import type { PaymentProvider } from "../clients/stripe.ts";
import { isStoredFailure, refusalOf } from "../clients/stripe-errors.ts";
import type { ProviderRefund } from "../domain/provider-event.ts";
import { findPayment, type Payment } from "../storage/payment-repository.ts";
import { beginRefund, hasRefund, noteNextRefundAttempt, noteRefusal } from "../storage/refund-repository.ts";
import { recordRefund } from "./record-refund.ts";

export interface RefundPaymentDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "refund" | "listRefundsOf">;
}

type Request = Payload<typeof orderRefundRequested>;
type PaidPayment = Payment & { intent: NonNullable<Payment["intent"]> };

/**
 * Sends money back, at most what is left of the payment. It may run any number of times: that Stripe is asked is noted
 * before, and whoever finds the note looks at Stripe first. What cannot be sent back is told as failed.
 */
export const refundPayment =
  (deps: RefundPaymentDeps) =>
  async (request: Request): Promise<void> => {
    const { orderId, refundId } = request;
    const payment = await mustFind(deps.sql, orderId);
    if (await hasRefund(deps.sql, orderId, refundId)) return;
    const { attempt, isFirst, isRefused } = await beginRefund(deps.sql, refundId, orderId);
    if (isRefused || (!isFirst && (await isMade(deps, payment, refundId)))) return;
    await attemptRefund(deps, await mustFind(deps.sql, orderId), request, attempt);
  };

async function mustFind(sql: Sql, orderId: string): Promise<PaidPayment> {
  const payment = await findPayment(sql, orderId);
  if (!payment?.intent) throw new Error(`order ${orderId} has no payment to refund`);
  return { ...payment, intent: payment.intent };
}

/** Writes down every refund that Stripe has of the payment. True when this one is among them, also while it is pending. */
async function isMade({ transact, provider }: RefundPaymentDeps, payment: PaidPayment, refundId: string) {
  const refunds: ProviderRefund[] = await provider.listRefundsOf(payment.intent.id);
  for (const refund of refunds) await transact((tx) => recordRefund(tx, refund));
  return refunds.some((refund) => refund.refundId === refundId);
}

async function attemptRefund(
  { sql, transact, provider }: RefundPaymentDeps,
  payment: PaidPayment,
  request: Request,
  attempt: number,
): Promise<void> {
  const { orderId, refundId, amount } = request;
  // Somebody may have refunded in Stripe's dashboard, of which the order service did not know.
  const amountCents = Math.min(amount.amount, payment.amountCents - payment.refundedCents);
  if (amountCents === 0) return transact((tx) => refuse(tx, payment, request, "nothing_left"));
  const call = { refundId, orderId, intentId: payment.intent.id, amountCents, attempt };
  try {
    const refund = await provider.refund(call);
    await transact((tx) => recordRefund(tx, refund));
  } catch (error) {
    if (isStoredFailure(error)) await noteNextRefundAttempt(sql, refundId, attempt);
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    await transact((tx) => refuse(tx, payment, request, refusal));
  }
}

async function refuse(tx: Sql, payment: PaidPayment, request: Request, reason: string): Promise<void> {
  const { orderId, refundId, amount } = request;
  if (!(await noteRefusal(tx, refundId))) return;
  await addToOutbox(tx, paymentRefundFailed, {
    aggregateId: orderId,
    payload: { paymentId: payment.intent.id, orderId, refundId, providerRefundId: null, amount, reason },
  });
}
