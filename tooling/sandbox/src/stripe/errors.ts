import type { Stripe } from "stripe";

/** Stripe's error object, as in https://docs.stripe.com/api/errors. */
export type StripeErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  decline_code?: string;
  doc_url?: string;
  param?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  setup_intent?: Stripe.SetupIntent;
  payment_method?: Stripe.PaymentMethod;
};

/** An answer in Stripe's error shape; `doc_url` follows from the code. */
export class StripeApiError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body.code === undefined ? body : { ...body, doc_url: docUrl(body.code) };
  }
}

function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}

export function invalidRequest(message: string, more: { code?: string; param?: string } = {}): StripeApiError {
  return new StripeApiError(400, { type: "invalid_request_error", message, ...more });
}

export function noSuch(what: string, id: string, param = "id"): StripeApiError {
  const message = `No such ${what}: '${id}'`;
  return new StripeApiError(404, { type: "invalid_request_error", code: "resource_missing", message, param });
}

/** The state machine refuses. The intent goes along, so the caller sees what it is now. */
export function unexpectedState(
  message: string,
  intent: { payment_intent: Stripe.PaymentIntent } | { setup_intent: Stripe.SetupIntent },
): StripeApiError {
  const code = "payment_intent" in intent ? "payment_intent_unexpected_state" : "setup_intent_unexpected_state";
  return new StripeApiError(400, { type: "invalid_request_error", code, message, ...intent });
}

export function cardError(code: string, message: string, param?: string): StripeApiError {
  return new StripeApiError(402, { type: "card_error", code, message, ...(param !== undefined && { param }) });
}
