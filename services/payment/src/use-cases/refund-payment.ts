import type { Payload } from "@tradepost/contracts/event";
import type { orderRefundRequested } from "@tradepost/contracts/order";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import type { PaymentProvider } from "../clients/stripe.ts";
import { findPayment, hasRefund } from "../storage/payment-repository.ts";
import { recordRefund } from "./record-refund.ts";

export interface RefundPaymentDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "refund">;
}

/**
 * Sends money back, at most what is left of the payment. It may run any number of times: Stripe knows the refund by its
 * id for a day, our own record for ever.
 */
export const refundPayment =
  ({ sql, transact, provider }: RefundPaymentDeps) =>
  async ({ orderId, refundId, amount }: Payload<typeof orderRefundRequested>): Promise<void> => {
    const payment = await findPayment(sql, orderId);
    if (!payment?.intent) throw new Error(`order ${orderId} has no payment to refund`);
    if (await hasRefund(sql, orderId, refundId)) return;
    // Somebody may have refunded in Stripe's dashboard, of which the order service did not know.
    const amountCents = Math.min(amount.amount, payment.amountCents - payment.refundedCents);
    if (amountCents === 0) return;
    const refund = await provider.refund({ refundId, orderId, intentId: payment.intent.id, amountCents });
    await transact((tx) => recordRefund(tx, refund));
  };
