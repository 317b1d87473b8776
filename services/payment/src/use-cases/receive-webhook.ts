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
  setCancelled,
  setLastError,
} from "../storage/payment-repository.ts";
import { recordCapture } from "./record-capture.ts";
import { recordDispute } from "./record-dispute.ts";
import { recordRefund } from "./record-refund.ts";

/** What a person must hear of at once; nothing is done about it by itself. */
export interface Alarm {
  kind: "refund.failed" | "dispute.opened" | "dispute.changed" | "capture.stray";
  orderId: string;
  /** Stripe's id of what it is about. */
  providerId: string;
}

export interface ReceiveWebhookDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "readWebhook">;
  onAlarm: (alarm: Alarm) => void;
}

/**
 * Step 6 of a purchase: Stripe says what happened. The signature is checked over the raw bytes; each event counts once,
 * in any order; the payment's new state and its event are one transaction. Throws 400 `webhook.signature`.
 */
export const receiveWebhook =
  ({ sql, transact, provider, onAlarm }: ReceiveWebhookDeps) =>
  async (rawBody: Buffer, signature: string): Promise<void> => {
    const event = readSigned(provider, rawBody, signature);
    if (event.kind === "other") return void (await claimWebhookEvent(sql, event));
    const alarm = await transact(async (tx) => ((await claimWebhookEvent(tx, event)) ? apply(tx, event) : null));
    if (alarm) onAlarm(alarm);
  };

function readSigned(provider: ReceiveWebhookDeps["provider"], rawBody: Buffer, signature: string): ProviderEvent {
  try {
    return provider.readWebhook(rawBody, signature);
  } catch (cause) {
    throw new AppError(400, "webhook.signature", "The signature does not fit the body, or is too old", { cause });
  }
}

/** Of the other kinds nothing follows: they are written down and no more. */
type KnownEvent = Exclude<ProviderEvent, { kind: "other" }>;

async function apply(tx: Sql, event: KnownEvent): Promise<Alarm | null> {
  if (event.kind === "refund") return applyRefund(tx, event);
  if (event.kind === "dispute") return applyDispute(tx, event);
  const payment = event.orderId ? await lockPayment(tx, event.orderId) : null;
  if (!payment) return null; // made by somebody else with the same Stripe account
  if (payment.intent && payment.intent.id !== event.intentId) return strayAlarm(payment, event);
  if (event.kind === "captured") await recordCapture(tx, payment, event);
  // What came before the capture, or was sent again after it, no longer matters.
  else if (payment.status === "captured") return null;
  else if (event.kind === "failed") await recordFailure(tx, payment, event);
  else await recordCancellation(tx, payment, event.intentId);
  return null;
}

async function applyRefund(tx: Sql, { refund }: ProviderEvent & { kind: "refund" }): Promise<Alarm | null> {
  const orderId = await recordRefund(tx, refund);
  return orderId && refund.state === "failed" ? { kind: "refund.failed", orderId, providerId: refund.id } : null;
}

async function applyDispute(tx: Sql, event: ProviderEvent & { kind: "dispute" }): Promise<Alarm | null> {
  const orderId = await recordDispute(tx, event.dispute, event.at);
  const kind = event.type === "charge.dispute.created" ? "dispute.opened" : "dispute.changed";
  return orderId ? { kind, orderId, providerId: event.dispute.id } : null;
}

/** An attempt that had seemed to fail made an intent of its own. Nobody was given its secret, so its money is a riddle. */
const strayAlarm = ({ orderId }: Payment, event: ProviderEvent & { intentId: string }): Alarm | null =>
  event.kind === "captured" ? { kind: "capture.stray", orderId, providerId: event.intentId } : null;

async function recordFailure(tx: Sql, { orderId }: Payment, event: ProviderEvent & { kind: "failed" }): Promise<void> {
  const { intentId: paymentId, code, declineCode } = event;
  await setLastError(tx, orderId, declineCode ?? code);
  await addToOutbox(tx, paymentFailed, { aggregateId: orderId, payload: { paymentId, orderId, code, declineCode } });
}

/** The intent was cancelled at Stripe, though not by us: its order can never be paid. */
export async function recordCancellation(tx: Sql, { orderId, status }: Payment, paymentId: string): Promise<void> {
  if (status !== "awaiting") return; // by us, because the order is over
  await setCancelled(tx, orderId);
  await addToOutbox(tx, paymentCancelled, { aggregateId: orderId, payload: { paymentId, orderId } });
}
