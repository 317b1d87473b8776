import { randomUUIDv7 } from "node:crypto";
import type { Payload } from "@tradepost/contracts/event";
import type { paymentRefunded } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { completeRefund } from "../storage/refund-repository.ts";

/** Money went back: completes the refund that asked for it, or writes down one that was made at the provider. */
export async function recordRefund(tx: Sql, refund: Payload<typeof paymentRefunded>): Promise<void> {
  const order = await lockOrder(tx, refund.orderId);
  if (!order) throw new Error(`order ${refund.orderId} is missing`);
  await completeRefund(tx, {
    id: refund.refundId ?? randomUUIDv7(),
    orderId: order.id,
    amountCents: refund.amount.amount,
    reason: refund.reason ?? "provider",
    providerRefundId: refund.providerRefundId,
    at: new Date(refund.refundedAt),
  });
}
