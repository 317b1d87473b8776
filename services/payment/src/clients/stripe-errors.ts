import Stripe from "stripe";

/** `stored`: Stripe answers so under the same idempotency key for a day, whether it did the work or not. */
type Marked = Error & { unavailable?: true; stored?: true };

/**
 * Marks what passes by itself: Stripe was not reached, had a fault of its own, still works on the same call, or wants
 * fewer of them. Callers are told to come back then, and events wait for as long as it takes.
 */
export function rethrow(error: unknown): never {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { statusCode, rawType } = error;
  const isPassing = statusCode === undefined || statusCode === 429 || statusCode === 409 || statusCode >= 500;
  if (!isPassing) throw error;
  // Only a failure in Stripe's own words is one that Stripe has stored; a proxy's is not.
  const isStored = statusCode !== undefined && statusCode >= 500 && rawType !== undefined;
  throw Object.assign(error, { unavailable: true, ...(isStored ? { stored: true } : {}) } satisfies Partial<Marked>);
}

export const isStoredFailure = (error: unknown): boolean => (error as Marked).stored === true;

/** Why Stripe will never make this refund, or null when another attempt may go better. */
export function refusalOf(error: unknown): string | null {
  const code = error instanceof Stripe.errors.StripeError ? error.code : undefined;
  return code === "charge_disputed" ? code : null;
}

/** Whether Stripe takes no payment of that amount at all: too little once it is exchanged, or too much. */
export const isAmountRefused = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError && ["amount_too_small", "amount_too_large"].includes(error.code ?? "");
