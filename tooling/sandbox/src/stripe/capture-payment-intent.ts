import type { Stripe } from "stripe";
import type { Tx } from "../storage/transaction.ts";
import { capturedPart } from "./charge.ts";
import { invalidRequest, unexpectedState } from "./errors.ts";
import { given } from "./given.ts";
import { mergeMetadata } from "./params.ts";
import { changeIntent } from "./payment-intent.ts";
import type { PaymentIntentCapture } from "./payment-intent-params.ts";

type Intent = Stripe.PaymentIntent;

/** Takes the money of an authorised payment, all or part; what is not taken is given up. */
export function capturePaymentIntent(tx: Tx, intent: Intent, params: PaymentIntentCapture): Intent {
  if (intent.status !== "requires_capture") {
    const message =
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with ` +
      `one of the following statuses may be captured: requires_capture.`;
    throw unexpectedState(message, { payment_intent: intent });
  }
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", { param: "amount_to_capture" });
  if (amount > intent.amount_capturable) {
    throw invalidRequest("The requested capture amount is greater than the authorized amount.", {
      code: "amount_too_large",
      param: "amount_to_capture",
    });
  }
  const charge = chargeOf(tx, intent);
  const captured = tx.put("charges", { ...charge, ...capturedPart(tx, charge, amount) });
  const { statement_descriptor, statement_descriptor_suffix } = params;
  const done = changeIntent(tx, intent, {
    ...given({ statement_descriptor, statement_descriptor_suffix }),
    metadata: mergeMetadata(intent.metadata, params.metadata),
    status: "succeeded",
    amount_capturable: 0,
    amount_received: amount,
  });
  tx.emit("charge.captured", captured);
  tx.emit("payment_intent.succeeded", done);
  return done;
}

const cancelable = ["requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"];

/** Gives the payment up; an authorisation is released. */
export function cancelPaymentIntent(
  tx: Tx,
  intent: Intent,
  reason: Stripe.PaymentIntent.CancellationReason | undefined,
): Intent {
  if (!cancelable.includes(intent.status)) {
    const message =
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of ` +
      `the following statuses may be canceled: ${cancelable.join(", ")}.`;
    throw unexpectedState(message, { payment_intent: intent });
  }
  if (intent.status === "requires_capture") {
    const charge = chargeOf(tx, intent);
    const released = tx.put("charges", { ...charge, amount_refunded: charge.amount, refunded: true });
    tx.emit("charge.refunded", released, { amount_refunded: 0, refunded: false });
  }
  const canceled = changeIntent(tx, intent, {
    status: "canceled",
    amount_capturable: 0,
    canceled_at: tx.now,
    cancellation_reason: reason ?? null,
    next_action: null,
  });
  tx.emit("payment_intent.canceled", canceled);
  return canceled;
}

function chargeOf(tx: Tx, intent: Intent): Stripe.Charge {
  const charge = tx.get("charges", intent.latest_charge as string);
  if (!charge) throw new Error(`the charge of ${intent.id} has vanished`);
  return charge;
}
