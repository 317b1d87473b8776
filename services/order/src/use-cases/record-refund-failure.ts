import { randomUUIDv7 } from "node:crypto";
import type { Payload } from "@tradepost/contracts/event";
import type { paymentRefundFailed } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { failRefund } from "../storage/refund-repository.ts";

export type RefundFailure = Payload<typeof paymentRefundFailed>;

export interface RecordRefundFailureDeps {
  /** Raises an alarm: a person has to find another way to give the money back. */
  onRefundFailed: (failure: RefundFailure) => void;
  now: () => Date;
}

/**
 * Money did not go back. The refund is marked, so that it counts in no sum and the amount can be refunded again. The
 * alarm comes before the commit: a crash may raise it twice, but never not at all.
 */
export const recordRefundFailure =
  ({ onRefundFailed, now }: RecordRefundFailureDeps) =>
  async (tx: Sql, failure: RefundFailure): Promise<void> => {
    const order = await lockOrder(tx, failure.orderId);
    if (!order) throw new Error(`order ${failure.orderId} is missing`);
    const refund = {
      id: failure.refundId ?? randomUUIDv7(),
      orderId: order.id,
      amountCents: failure.amount.amount,
      reason: "provider",
      providerRefundId: failure.providerRefundId,
      at: now(),
    };
    await failRefund(tx, refund, failure.reason);
    onRefundFailed(failure);
  };
