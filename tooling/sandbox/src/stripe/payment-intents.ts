import { z } from "zod";
import { checkAmount, readCurrency } from "./amounts.ts";
import { cancelPaymentIntent, capturePaymentIntent } from "./capture-payment-intent.ts";
import { authenticatePaymentIntent, confirmPaymentIntent } from "./confirm-payment-intent.ts";
import { invalidRequest, unexpectedState } from "./errors.ts";
import { page } from "./list.ts";
import { text } from "./params.ts";
import { createPaymentIntent, findPaymentIntent, publicView, setDetails, setLabels } from "./payment-intent.ts";
import {
  PaymentIntentCancel,
  PaymentIntentCapture,
  PaymentIntentConfirm,
  PaymentIntentCreate,
  PaymentIntentList,
  PaymentIntentUpdate,
} from "./payment-intent-params.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const updatable = ["requires_payment_method", "requires_confirmation", "requires_action"];

export const paymentIntentRoutes: StripeRoute[] = [
  stripeRoute("POST /v1/payment_intents", PaymentIntentCreate, (tx, { params }) => {
    const intent = createPaymentIntent(tx, params);
    if (!params.confirm) return intent;
    const { payment_method: _method, payment_method_data: _data, ...confirmation } = params;
    return confirmPaymentIntent(tx, intent, confirmation, false);
  }),
  stripeRoute("GET /v1/payment_intents", PaymentIntentList, (tx, { params }) => {
    const intents = tx.all("payment_intents");
    const wanted = intents.filter(({ customer }) => params.customer === undefined || customer === params.customer);
    return page("/v1/payment_intents", wanted, params);
  }),
  stripeRoute(
    "GET /v1/payment_intents/:id",
    z.strictObject({ client_secret: text.optional() }),
    (tx, { id, params, publishable }) => {
      const intent = findPaymentIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      return publishable ? publicView(intent) : intent;
    },
    "any",
  ),
  stripeRoute("POST /v1/payment_intents/:id", PaymentIntentUpdate, (tx, { id, params }) => {
    const intent = findPaymentIntent(tx, id);
    const touchesPayment =
      params.amount !== undefined || params.currency !== undefined || params.payment_method !== undefined;
    if (touchesPayment && !updatable.includes(intent.status)) {
      throw unexpectedState(
        `This PaymentIntent's ${params.amount === undefined ? "payment" : "amount"} could not be updated because it has a status of ${intent.status}. You may only update it with one of the following statuses: ${updatable.join(", ")}.`,
        { payment_intent: intent },
      );
    }
    const amount = params.amount ?? intent.amount;
    const currency = params.currency === undefined ? intent.currency : readCurrency(params.currency);
    checkAmount(amount, currency);
    return tx.put("payment_intents", {
      ...setDetails(tx, setLabels(tx, intent, params), params, false),
      amount,
      currency,
    });
  }),
  stripeRoute(
    "POST /v1/payment_intents/:id/confirm",
    PaymentIntentConfirm,
    (tx, { id, params, publishable }) => {
      const intent = findPaymentIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      const confirmed = confirmPaymentIntent(tx, intent, params, publishable);
      return publishable ? publicView(confirmed) : confirmed;
    },
    "any",
  ),
  stripeRoute("POST /v1/payment_intents/:id/capture", PaymentIntentCapture, (tx, { id, params }) =>
    capturePaymentIntent(tx, findPaymentIntent(tx, id), params),
  ),
  stripeRoute("POST /v1/payment_intents/:id/cancel", PaymentIntentCancel, (tx, { id, params }) =>
    cancelPaymentIntent(tx, findPaymentIntent(tx, id), params.cancellation_reason),
  ),
  // Not Stripe's: plays the shopper at the 3-D Secure page, for tests without a browser.
  stripeRoute(
    "POST /v1/payment_intents/:id/sandbox_authenticate",
    z.strictObject({ outcome: z.enum(["approve", "decline"]), client_secret: text.optional() }),
    (tx, { id, params, publishable }) => {
      const intent = findPaymentIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      const answered = authenticatePaymentIntent(tx, intent, params.outcome === "approve");
      return publishable ? publicView(answered) : answered;
    },
    "any",
  ),
];

/** A browser must know the client secret; a server that sends one must send the right one. */
export function checkSecret(
  intent: { client_secret: string | null; object: string },
  secret: string | undefined,
  publishable: boolean,
): void {
  if (secret === undefined && !publishable) return;
  if (secret === undefined) {
    throw invalidRequest("Missing required param: client_secret.", {
      code: "parameter_missing",
      param: "client_secret",
    });
  }
  if (secret !== intent.client_secret) {
    const name = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
    const message =
      `The client_secret provided does not match any associated ${name} on this account. Ensure the publishable key used ` +
      `belongs to the same account that created the ${name}.`;
    throw invalidRequest(message, { code: `${intent.object}_invalid_parameter`, param: "client_secret" });
  }
}
