import type { Stripe } from "stripe";
import type { Tx } from "../storage/transaction.ts";
import { findCustomer } from "./customers.ts";
import { noSuch, StripeApiError, unexpectedState } from "./errors.ts";
import { given } from "./given.ts";
import { newId, randomText } from "./ids.ts";
import { mergeMetadata } from "./params.ts";
import { attachPaymentMethod, createPaymentMethod, findPaymentMethod, markCardSetUp } from "./payment-methods.ts";
import type { SetupIntentConfirm, SetupIntentCreate, SetupIntentUpdate } from "./setup-intents.ts";
import { threeDSecureAction } from "./three-d-secure.ts";

type Intent = Stripe.SetupIntent;

export function findSetupIntent(tx: Tx, id: string): Intent {
  const found = tx.get("setup_intents", id);
  if (!found) throw noSuch("setupintent", id, "intent");
  return found;
}

export function createSetupIntent(tx: Tx, params: SetupIntentCreate): Intent {
  const id = newId("seti");
  const automatic = params.automatic_payment_methods ?? { enabled: true };
  const blank: Intent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: automatic.enabled ? { allow_redirects: "always", ...given(automatic) } : null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: tx.now,
    customer: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: "automatic" } as never,
    },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: params.usage ?? "off_session",
  };
  const intent = tx.put("setup_intents", setSetupDetails(tx, blank, params, false));
  tx.emit("setup_intent.created", intent);
  return intent;
}

export function setSetupDetails(
  tx: Tx,
  intent: Intent,
  params: SetupIntentUpdate | SetupIntentConfirm,
  publishable: boolean,
): Intent {
  const labels =
    "customer" in params || "description" in params || "metadata" in params ? (params as SetupIntentUpdate) : {};
  if (labels.customer !== undefined) findCustomer(tx, labels.customer, "customer");
  const method = params.payment_method_data
    ? createPaymentMethod(tx, params.payment_method_data, publishable)
    : params.payment_method === undefined
      ? undefined
      : findPaymentMethod(tx, params.payment_method);
  return {
    ...intent,
    ...given({ customer: labels.customer, description: labels.description }),
    metadata: mergeMetadata(intent.metadata ?? {}, labels.metadata),
    ...(params.allowed_payment_method_types && {
      allowed_payment_method_types: params.allowed_payment_method_types,
      automatic_payment_methods: null,
    }),
    ...(method && {
      payment_method: method.id,
      ...(intent.status === "requires_payment_method" && { status: "requires_confirmation" as const }),
    }),
  };
}

/** Checks the card and keeps it for the customer, or throws the card error of a decline. */
export function confirmSetupIntent(tx: Tx, before: Intent, params: SetupIntentConfirm, publishable: boolean): Intent {
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(before.status)) {
    const message = `You cannot confirm this SetupIntent because it has a status of ${before.status}.`;
    throw unexpectedState(message, { setup_intent: before });
  }
  const intent = setSetupDetails(tx, before, params, publishable);
  const methodId = intent.payment_method;
  if (typeof methodId !== "string") {
    throw unexpectedState("You cannot confirm this SetupIntent because it's missing a payment method.", {
      setup_intent: before,
    });
  }
  const behaviour = tx.get("cards", methodId)?.behaviour;
  tx.put("confirmations", { id: intent.id, returnUrl: params.return_url ?? null, authenticated: false });
  if (behaviour?.authentication) return requireAction(tx, intent, params.return_url);
  if (behaviour?.decline && !behaviour.attachable) {
    const { code, declineCode, message } = behaviour.decline;
    throw fail(tx, intent, { type: "card_error", code, decline_code: declineCode, message });
  }
  return succeed(tx, intent, methodId);
}

/** The shopper's answer to 3-D Secure. */
export function authenticateSetupIntent(tx: Tx, before: Intent, approved: boolean): Intent {
  if (before.status !== "requires_action") {
    const message = `This SetupIntent has a status of ${before.status}: there is nothing to authenticate.`;
    throw unexpectedState(message, { setup_intent: before });
  }
  const intent = { ...before, next_action: null };
  if (approved) return succeed(tx, intent, intent.payment_method as string);
  fail(tx, intent, {
    type: "invalid_request_error",
    code: "setup_intent_authentication_failure",
    message: "The latest attempt to set up the payment method has failed because authentication failed.",
  });
  return findSetupIntent(tx, before.id);
}

export function cancelSetupIntent(
  tx: Tx,
  intent: Intent,
  reason: Stripe.SetupIntent.CancellationReason | undefined,
): Intent {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    const message = `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`;
    throw unexpectedState(message, { setup_intent: intent });
  }
  const canceled = tx.put("setup_intents", {
    ...intent,
    status: "canceled",
    cancellation_reason: reason ?? null,
    next_action: null,
  });
  tx.emit("setup_intent.canceled", canceled);
  return canceled;
}

function requireAction(tx: Tx, intent: Intent, returnUrl: string | undefined): Intent {
  const next_action = threeDSecureAction(tx, intent, returnUrl);
  const waiting = tx.put("setup_intents", {
    ...intent,
    status: "requires_action",
    next_action,
    last_setup_error: null,
  });
  tx.emit("setup_intent.requires_action", waiting);
  return waiting;
}

function succeed(tx: Tx, intent: Intent, methodId: string): Intent {
  markCardSetUp(tx, methodId);
  if (typeof intent.customer === "string") attachPaymentMethod(tx, findPaymentMethod(tx, methodId), intent.customer);
  const attempt = recordAttempt(tx, intent, "succeeded", null);
  const done = tx.put("setup_intents", {
    ...intent,
    status: "succeeded",
    latest_attempt: attempt.id,
    last_setup_error: null,
    next_action: null,
  });
  tx.emit("setup_intent.succeeded", done);
  return done;
}

function fail(tx: Tx, intent: Intent, because: StripeApiError["body"]): StripeApiError {
  const method = tx.get("payment_methods", intent.payment_method as string);
  const error = new StripeApiError(402, { ...because, ...(method && { payment_method: method }) });
  const attempt = recordAttempt(tx, intent, "failed", error.body as Stripe.SetupAttempt.SetupError);
  const failed = tx.put("setup_intents", {
    ...intent,
    status: "requires_payment_method",
    payment_method: null,
    latest_attempt: attempt.id,
    last_setup_error: error.body as Stripe.SetupIntent.LastSetupError,
  });
  tx.emit("setup_intent.setup_failed", failed);
  return new StripeApiError(402, { ...error.body, setup_intent: failed });
}

function recordAttempt(
  tx: Tx,
  intent: Intent,
  status: "succeeded" | "failed",
  error: Stripe.SetupAttempt.SetupError | null,
): Stripe.SetupAttempt {
  return tx.put("setup_attempts", {
    id: newId("setatt"),
    object: "setup_attempt",
    application: null,
    created: tx.now,
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: intent.payment_method as string,
    payment_method_details: { card: { three_d_secure: null } as never, type: "card" },
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  });
}
