/** Words for a failed payment; each is a message in the catalogue. */
export const DECLINES = [
  "generic",
  "insufficient_funds",
  "expired_card",
  "incorrect_cvc",
  "authentication",
  "processing_error",
  "unreachable",
] as const;
export type Decline = (typeof DECLINES)[number];

/** What became of an attempt to pay. */
export type PaymentOutcome =
  | { kind: "paid" }
  | { kind: "redirect"; url: string }
  | { kind: "declined"; decline: Decline };

export type PaymentTrouble = { kind: "declined"; decline: Decline } | { kind: "call"; error: unknown };

/** The parts of Stripe's PaymentIntent and error that matter here. */
export interface StripeIntent {
  status: string;
  next_action?: { redirect_to_url?: { url?: string | null } | null } | null;
  last_payment_error?: StripeError | null;
}
export interface StripeError {
  code?: string | undefined;
  decline_code?: string | undefined;
}

/** Stripe's code as one the shop has words for. */
export function declineOf(error: StripeError | null | undefined): Decline {
  const codes = [error?.decline_code, error?.code];
  if (codes.includes("payment_intent_authentication_failure")) return "authentication";
  return DECLINES.find((decline) => codes.includes(decline)) ?? "generic";
}

/** An intent after confirming it. `processing` counts as paid: the money is on its way, the order waits for it. */
export function outcomeOf(intent: StripeIntent): PaymentOutcome {
  switch (intent.status) {
    case "succeeded":
    case "processing":
    case "requires_capture":
      return { kind: "paid" };
    case "requires_action": {
      const url = intent.next_action?.redirect_to_url?.url;
      return url ? { kind: "redirect", url } : { kind: "declined", decline: "authentication" };
    }
    default:
      return { kind: "declined", decline: declineOf(intent.last_payment_error) };
  }
}
