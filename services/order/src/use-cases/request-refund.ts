import { orderRefundRequested } from "@tradepost/contracts/order";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import type { Order } from "../domain/order.ts";
import { insertRefund } from "../storage/refund-repository.ts";

/**
 * Asks the payment service to send money back, and writes that down in the same transaction; the refund's id makes it
 * happen once. The order must be locked, so that two refunds cannot miss each other.
 */
export async function requestRefund(
  tx: Sql,
  order: Order,
  refund: { id: string; amountCents: number; reason: string; requestedAt: Date; requestedBy: string | null },
): Promise<void> {
  await insertRefund(tx, { ...refund, orderId: order.id });
  await askForRefund(tx, order, refund);
}

/** Asks for a refund that is written down, also again: the payment service makes each id once. */
export async function askForRefund(
  tx: Sql,
  order: Order,
  refund: { id: string; amountCents: number; reason: string },
): Promise<void> {
  await addToOutbox(tx, orderRefundRequested, {
    aggregateId: order.id,
    payload: {
      orderId: order.id,
      refundId: refund.id,
      amount: { amount: refund.amountCents, currency: order.currency },
      reason: refund.reason,
    },
  });
}
