import type { Stripe } from "stripe";
import type { Tx } from "../storage/transaction.ts";
import { recordCharge } from "./charge.ts";
import { openDispute } from "./disputes.ts";
import { invalidRequest, StripeApiError, unexpectedState } from "./errors.ts";
import { changeIntent, setDetails } from "./payment-intent.ts";
import type { PaymentIntentConfirm, PaymentIntentCreate } from "./payment-intent-params.ts";
import { attachPaymentMethod, markCardSetUp, markCardSpent } from "./payment-methods.ts";
import type { CardOnFile, Decline } from "./test-cards.ts";
import { threeDSecureAction } from "./three-d-secure.ts";

type Intent = Stripe.PaymentIntent;
type Payer = { method: Stripe.PaymentMethod; card: CardOnFile };

/** Confirms: the intent as it then is, or the card error of a decline (which is stored all the same). */
export function confirmPaymentIntent(
  tx: Tx,
  before: Intent,
  params: PaymentIntentConfirm | PaymentIntentCreate,
  publishable: boolean,
): Intent {
  assertConfirmable(before);
  const intent = setDetails(tx, before, params, publishable);
  if (typeof intent.payment_method !== "string") throw missingMethod(before);
  requireReturnUrl(intent, params);
  const payer = payerOf(tx, intent);
  const authenticated = tx.get("confirmations", intent.id)?.authenticated ?? false;
  tx.put("confirmations", { id: intent.id, returnUrl: params.return_url ?? null, authenticated: false });
  const started = changeIntent(tx, intent, {
    last_payment_error: null,
    next_action: null,
    status: "requires_confirmation",
  });
  if (!authenticated && needsAuthentication(payer.card, started)) {
    if (params.off_session || params.error_on_requires_action)
      throw declineError(decline(tx, started, payer, unattended));
    return requireAction(tx, started, params.return_url);
  }
  return throwIfDeclined(authorise(tx, started, payer, authenticated));
}

/** The shopper's answer to 3-D Secure: goes on with the payment, or fails it. A decline shows in the intent. */
export function authenticatePaymentIntent(tx: Tx, before: Intent, approved: boolean): Intent {
  if (before.status !== "requires_action") {
    throw unexpectedState(`This PaymentIntent has a status of ${before.status}: there is nothing to authenticate.`, {
      payment_intent: before,
    });
  }
  const intent = changeIntent(tx, before, { next_action: null });
  const payer = payerOf(tx, intent);
  if (!approved) return failAuthentication(tx, intent, payer);
  if (intent.confirmation_method === "manual") {
    tx.put("confirmations", { id: intent.id, returnUrl: null, authenticated: true });
    return changeIntent(tx, intent, { status: "requires_confirmation" });
  }
  return authorise(tx, intent, payer, true);
}

/** The bank's late answer to a payment that was `processing`. */
export function settlePaymentIntent(tx: Tx, intent: Intent): void {
  if (intent.status !== "processing") return;
  const payer = payerOf(tx, intent);
  const settled = changeIntent(tx, intent, { processing: null });
  if (payer.card.behaviour.decline) decline(tx, settled, payer, payer.card.behaviour.decline);
  else succeed(tx, settled, payer, false);
}

function payerOf(tx: Tx, { payment_method }: Intent): Payer {
  const id = payment_method as string;
  const method = tx.get("payment_methods", id);
  const card = tx.get("cards", id);
  if (!method || !card) throw new Error(`the payment method ${id} has vanished`);
  return { method, card };
}

function needsAuthentication({ behaviour, setUp }: CardOnFile, intent: Intent): boolean {
  if (intent.payment_method_options?.card?.request_three_d_secure === "challenge") return true;
  return behaviour.authentication === "always" || (behaviour.authentication === "until_set_up" && !setUp);
}

function requireAction(tx: Tx, intent: Intent, returnUrl: string | undefined): Intent {
  const next_action = threeDSecureAction(tx, intent, returnUrl);
  const waiting = changeIntent(tx, intent, { status: "requires_action", next_action });
  tx.emit("payment_intent.requires_action", waiting);
  return waiting;
}

function authorise(tx: Tx, intent: Intent, payer: Payer, authenticated: boolean): Intent {
  const { behaviour } = payer.card;
  if (behaviour.processing) {
    const processing = changeIntent(tx, intent, { status: "processing", processing: { type: "card" } });
    tx.emit("payment_intent.processing", processing);
    tx.schedule("settle_payment", intent.id);
    return processing;
  }
  return behaviour.decline ? decline(tx, intent, payer, behaviour.decline) : succeed(tx, intent, payer, authenticated);
}

function succeed(tx: Tx, intent: Intent, { method, card }: Payer, authenticated: boolean): Intent {
  const captured = intent.capture_method !== "manual";
  const charge = recordCharge(tx, intent, method, { captured, authenticated });
  const done = changeIntent(tx, intent, {
    latest_charge: charge.id,
    ...(captured
      ? { status: "succeeded", amount_received: intent.amount }
      : { status: "requires_capture", amount_capturable: intent.amount }),
  });
  keepOrSpend(tx, intent, method);
  tx.emit(captured ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated", done);
  if (card.behaviour.dispute) openDispute(tx, charge, card.behaviour.dispute);
  return done;
}

function keepOrSpend(tx: Tx, intent: Intent, method: Stripe.PaymentMethod): void {
  const kept = intent.setup_future_usage !== null && typeof intent.customer === "string";
  if (intent.setup_future_usage !== null) markCardSetUp(tx, method.id);
  if (kept) attachPaymentMethod(tx, method, intent.customer as string);
  else if (method.customer === null) markCardSpent(tx, method.id);
}

function decline(tx: Tx, intent: Intent, payer: Payer, because: Decline): Intent {
  const charge = recordCharge(tx, intent, payer.method, { decline: because });
  const { body } = new StripeApiError(402, {
    type: "card_error",
    code: because.code,
    decline_code: because.declineCode,
    message: because.message,
    charge: charge.id,
    payment_method: payer.method,
  });
  return fail(tx, { ...intent, latest_charge: charge.id }, body as Stripe.PaymentIntent.LastPaymentError);
}

function failAuthentication(tx: Tx, intent: Intent, { method }: Payer): Intent {
  const message =
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to " +
    "attempt to fulfill this PaymentIntent again.";
  const code = "payment_intent_authentication_failure";
  const { body } = new StripeApiError(402, { type: "invalid_request_error", code, message, payment_method: method });
  return fail(tx, intent, body as Stripe.PaymentIntent.LastPaymentError);
}

function fail(tx: Tx, intent: Intent, error: Stripe.PaymentIntent.LastPaymentError): Intent {
  const failed = changeIntent(tx, intent, {
    status: "requires_payment_method",
    payment_method: null,
    last_payment_error: error,
  });
  tx.emit("payment_intent.payment_failed", failed);
  return failed;
}

function throwIfDeclined(intent: Intent): Intent {
  if (intent.last_payment_error) throw declineError(intent);
  return intent;
}

function declineError(intent: Intent): StripeApiError {
  const { source: _source, ...error } = intent.last_payment_error as Stripe.PaymentIntent.LastPaymentError;
  return new StripeApiError(402, { ...(error as StripeApiError["body"]), payment_intent: intent });
}

const unattended: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

function assertConfirmable(intent: Intent): void {
  if (["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) return;
  const message =
    intent.status === "succeeded"
      ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
      : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`;
  throw unexpectedState(message, { payment_intent: intent });
}

function missingMethod(intent: Intent): StripeApiError {
  const message =
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent " +
    "with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";
  return unexpectedState(message, { payment_intent: intent });
}

function requireReturnUrl(intent: Intent, params: PaymentIntentConfirm | PaymentIntentCreate): void {
  if (intent.automatic_payment_methods?.allow_redirects !== "always") return;
  if (params.return_url !== undefined || params.use_stripe_sdk || params.off_session) return;
  throw invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment " +
      "methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept " +
      "redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and " +
      "`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  );
}
