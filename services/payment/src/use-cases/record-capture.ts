import { paymentCaptured } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import type { ProviderCapture } from "../domain/provider-event.ts";
import { type Payment, setCaptured } from "../storage/payment-repository.ts";

/** Notes that the money of a locked payment is here and tells everyone, once; also when its order is over by now. */
export async function recordCapture(
  tx: Sql,
  { orderId, status }: Payment,
  { intentId, amount, at }: ProviderCapture,
): Promise<void> {
  if (status === "captured") return;
  await setCaptured(tx, orderId, amount.amount);
  await addToOutbox(tx, paymentCaptured, {
    aggregateId: orderId,
    payload: { paymentId: intentId, orderId, amount, capturedAt: at.toISOString() },
  });
}
