import type { Payload } from "@tradepost/contracts/event";
import type { orderRefundRequested } from "@tradepost/contracts/order";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import type { PaymentProvider } from "../clients/stripe.ts";
import { findPayment } from "../storage/payment-repository.ts";
import { recordRefund } from "./record-refund.ts";

export interface RefundPaymentDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "refund">;
}

/** Sends money back. It may run any number of times: Stripe knows the refund by its id, and it is recorded once. */
export const refundPayment =
  ({ sql, transact, provider }: RefundPaymentDeps) =>
  async ({ orderId, refundId, amount }: Payload<typeof orderRefundRequested>): Promise<void> => {
    const payment = await findPayment(sql, orderId);
    if (!payment?.intent) throw new Error(`order ${orderId} has no payment to refund`);
    const refund = await provider.refund({
      refundId,
      orderId,
      intentId: payment.intent.id,
      amountCents: amount.amount,
    });
    await transact((tx) => recordRefund(tx, refund));
  };
