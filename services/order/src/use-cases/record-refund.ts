import { randomUUIDv7 } from "node:crypto";
import type { Payload } from "@tradepost/contracts/event";
import type { paymentRefunded } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import { completeRefund } from "../storage/refund-repository.ts";

/** Money went back: completes the refund that asked for it, or writes down one that was made at the provider. */
export const recordRefund = async (tx: Sql, refund: Payload<typeof paymentRefunded>): Promise<void> =>
  completeRefund(tx, {
    id: refund.refundId ?? randomUUIDv7(),
    orderId: refund.orderId,
    amountCents: refund.amount.amount,
    reason: refund.reason ?? "provider",
    providerRefundId: refund.providerRefundId,
    refundedAt: new Date(refund.refundedAt),
  });
