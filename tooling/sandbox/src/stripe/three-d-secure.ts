import type { Tx } from "../storage/transaction.ts";

/**
 * An intent's `next_action`: the shopper answers 3-D Secure on the sandbox's page, and returns to the URL from there.
 * Without one Stripe.js shows that page itself.
 */
export function threeDSecureAction(
  tx: Tx,
  intent: { id: string; client_secret: string | null },
  returnUrl: string | undefined,
) {
  const url = `${tx.publicUrl}/3ds/${intent.id}?client_secret=${intent.client_secret}`;
  return returnUrl === undefined
    ? { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } as never }
    : { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url } };
}
