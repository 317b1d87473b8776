import { paymentCancelled, paymentFailed } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { PaymentProvider } from "../clients/stripe.ts";
import type { ProviderEvent } from "../domain/provider-event.ts";
import {
  claimWebhookEvent,
  lockPayment,
  type Payment,
  setLastError,
  setStatus,
} from "../storage/payment-repository.ts";
import { recordCapture } from "./record-capture.ts";
import { recordRefund } from "./record-refund.ts";

export interface ReceiveWebhookDeps {
  transact: Transact;
  provider: Pick<PaymentProvider, "readWebhook">;
}

/**
 * Step 6 of a purchase: Stripe says what happened. The signature is checked over the raw bytes; each event counts once,
 * in any order; the payment's new state and its event are one transaction. Throws 400 `webhook.signature`.
 */
export const receiveWebhook =
  ({ transact, provider }: ReceiveWebhookDeps) =>
  async (rawBody: Buffer, signature: string): Promise<void> => {
    const event = readSigned(provider, rawBody, signature);
    await transact(async (tx) => {
      if (await claimWebhookEvent(tx, event)) await apply(tx, event);
    });
  };

function readSigned(provider: ReceiveWebhookDeps["provider"], rawBody: Buffer, signature: string): ProviderEvent {
  try {
    return provider.readWebhook(rawBody, signature);
  } catch (cause) {
    throw new AppError(400, "webhook.signature", "The signature does not fit the body, or is too old", { cause });
  }
}

async function apply(tx: Sql, event: ProviderEvent): Promise<void> {
  if (event.kind === "other") return;
  if (event.kind === "refund") return recordRefund(tx, event.refund);
  const payment = event.orderId ? await lockPayment(tx, event.orderId) : null;
  if (!payment) return; // made by somebody else with the same Stripe account
  if (event.kind === "captured") return recordCapture(tx, payment, event);
  // What came before the capture, or was sent again after it, no longer matters.
  if (payment.status === "captured") return;
  if (event.kind === "failed") return recordFailure(tx, payment, event);
  return recordCancellation(tx, payment, event.intentId);
}

async function recordFailure(tx: Sql, { orderId }: Payment, event: ProviderEvent & { kind: "failed" }): Promise<void> {
  const { intentId: paymentId, code, declineCode } = event;
  await setLastError(tx, orderId, declineCode ?? code);
  await addToOutbox(tx, paymentFailed, { aggregateId: orderId, payload: { paymentId, orderId, code, declineCode } });
}

async function recordCancellation(tx: Sql, { orderId, status }: Payment, paymentId: string): Promise<void> {
  if (status === "cancelled") return; // by us, because the order is over
  await setStatus(tx, orderId, "cancelled");
  await addToOutbox(tx, paymentCancelled, { aggregateId: orderId, payload: { paymentId, orderId } });
}
