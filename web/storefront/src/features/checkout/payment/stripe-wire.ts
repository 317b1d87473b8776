import type { PaymentHandle } from "@tradepost/contracts/payment";
import { declineOf, outcomeOf, type PaymentOutcome, type StripeError, type StripeIntent } from "./payment-outcome.ts";

/** A card as typed; it goes from the browser to Stripe (here: its sandbox) and nowhere else. */
export interface Card {
  number: string;
  expMonth: number;
  expYear: number;
  cvc: string;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;
interface StripeAnswer extends Partial<StripeIntent> {
  id?: string;
  error?: StripeError & { payment_intent?: StripeIntent };
}

/** Stripe's form encoding of nested objects: `card[number]=…`. */
export function encodeForm(fields: Record<string, string | number | Record<string, string | number>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "object") {
      for (const [inner, innerValue] of Object.entries(value)) form.set(`${name}[${inner}]`, String(innerValue));
    } else form.set(name, String(value));
  }
  return form;
}

/**
 * Confirms a payment with a typed card over Stripe's HTTP API, as Stripe.js does it: a payment method made with the
 * publishable key, then the intent confirmed with its client secret. `returnUrl` is where a bank's page leads back to.
 */
export async function confirmWithCard(
  { apiUrl, fetch = (url, init) => globalThis.fetch(url, init) }: { apiUrl: string; fetch?: Fetch },
  payment: PaymentHandle,
  card: Card,
  returnUrl: string,
): Promise<PaymentOutcome> {
  const post = async (path: string, fields: Parameters<typeof encodeForm>[0]): Promise<StripeAnswer> => {
    const body = encodeForm({ ...fields, key: payment.publishableKey });
    return (await fetch(apiUrl + path, { method: "POST", body, credentials: "omit" })).json();
  };
  try {
    const method = await post("/v1/payment_methods", {
      type: "card",
      card: { number: card.number, exp_month: card.expMonth, exp_year: card.expYear, cvc: card.cvc },
    });
    if (method.error || !method.id) return { kind: "declined", decline: declineOf(method.error) };
    const intent = await post(`/v1/payment_intents/${payment.id}/confirm`, {
      payment_method: method.id,
      client_secret: payment.clientSecret,
      return_url: returnUrl,
    });
    return readIntent(intent);
  } catch {
    return { kind: "declined", decline: "unreachable" };
  }
}

/** How a payment stands, asked with the publishable key, e.g. after coming back from a bank's page. */
export async function retrievePayment(
  { apiUrl, fetch = (url, init) => globalThis.fetch(url, init) }: { apiUrl: string; fetch?: Fetch },
  payment: PaymentHandle,
): Promise<PaymentOutcome> {
  const query = new URLSearchParams({ client_secret: payment.clientSecret, key: payment.publishableKey });
  try {
    const answer = await fetch(`${apiUrl}/v1/payment_intents/${payment.id}?${query}`, { credentials: "omit" });
    return readIntent(await answer.json());
  } catch {
    return { kind: "declined", decline: "unreachable" };
  }
}

function readIntent(answer: StripeAnswer): PaymentOutcome {
  if (answer.error) {
    // Confirming what is already paid (a second tab, a lost answer) is an error to Stripe, but not to the shopper.
    const standing = answer.error.payment_intent && outcomeOf(answer.error.payment_intent);
    return standing?.kind === "paid" ? standing : { kind: "declined", decline: declineOf(answer.error) };
  }
  return outcomeOf({ ...answer, status: answer.status ?? "" });
}
