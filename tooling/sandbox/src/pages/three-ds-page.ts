import type { FastifyInstance } from "fastify";
import type { Stripe } from "stripe";
import type { Store } from "../storage/store.ts";
import type { Transact, Tx } from "../storage/transaction.ts";
import { written } from "../stripe/amounts.ts";
import { authenticatePaymentIntent } from "../stripe/confirm-payment-intent.ts";
import { authenticateSetupIntent } from "../stripe/setup-intent.ts";
import { type Html, html, nothing } from "./html.ts";
import { sendPage } from "./layout.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;
type Parts = { store: Store; transact: Transact };

/** The page that stands for the shopper's bank: approve or decline, then back to the shop. */
export function mountThreeDsPage(app: FastifyInstance, { store, transact }: Parts): void {
  app.get("/3ds/:id", async (request, reply) => {
    const intent = findIntent(store, request.params, request.query);
    if (!intent)
      return sendPage(reply, message("Not found", "There is no such payment, or the link is incomplete."), 404);
    if (intent.status !== "requires_action") return sendPage(reply, result(intent));
    return sendPage(reply, { title: "Your bank", current: null, body: question(store, intent) });
  });

  app.post("/3ds/:id", async (request, reply) => {
    const form = request.body as Record<string, string>;
    const intent = findIntent(store, request.params, form);
    if (!intent)
      return sendPage(reply, message("Not found", "There is no such payment, or the link is incomplete."), 404);
    const returnUrl = store.get("confirmations", intent.id)?.returnUrl;
    const answered = transact({ id: request.id, idempotency_key: null }, (tx) =>
      intent.status === "requires_action" ? authenticate(tx, intent, form.outcome === "approve") : intent,
    );
    if (!returnUrl) return sendPage(reply, result(answered));
    return reply.redirect(returnAddress(returnUrl, answered), 303);
  });
}

function findIntent(store: Store, params: unknown, secretIn: unknown): Intent | undefined {
  const { id } = params as { id: string };
  const { client_secret: secret } = secretIn as { client_secret?: string };
  const intent = store.get("payment_intents", id) ?? store.get("setup_intents", id);
  return intent?.client_secret === secret ? intent : undefined;
}

function authenticate(tx: Tx, intent: Intent, approved: boolean): Intent {
  return intent.object === "payment_intent"
    ? authenticatePaymentIntent(tx, intent, approved)
    : authenticateSetupIntent(tx, intent, approved);
}

/** Stripe's parameters on the way back, https://docs.stripe.com/payments/3d-secure/authentication-flow#return-url. */
function returnAddress(returnUrl: string, intent: Intent): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", intent.status === "requires_payment_method" ? "failed" : "succeeded");
  return url.href;
}

function question(store: Store, intent: Intent): Html {
  const card = store.get("payment_methods", intent.payment_method as string)?.card;
  const paying = intent.object === "payment_intent";
  const amount = paying ? written(intent.amount, intent.currency).split(" ")[0] : undefined;
  return html`<section class="bank card-panel" aria-labelledby="ask">
<p class="eyebrow">Test bank · 3-D Secure</p>
<h1 id="ask">${paying ? "Approve this payment?" : "Save this card?"}</h1>
<dl class="facts">
${amount === undefined ? nothing : html`<div><dt>Amount</dt><dd>${amount}</dd></div>`}
<div><dt>Shop</dt><dd>Tradepost</dd></div>
<div><dt>Card</dt><dd>${card?.brand ?? "card"} ending in ${card?.last4 ?? "????"}</dd></div>
</dl>
<form method="post" action="/3ds/${intent.id}">
<input type="hidden" name="client_secret" value="${intent.client_secret ?? ""}">
<button class="button" name="outcome" value="approve">Approve</button>
<button class="button quiet" name="outcome" value="decline">Decline</button>
</form>
<p class="hint">A real bank would ask for a code or a fingerprint here.</p>
</section>`;
}

function result({ status }: Intent) {
  if (status === "requires_payment_method")
    return message("Declined", "The payment was not approved. You can close this page.");
  if (status === "canceled") return message("Canceled", "This payment was canceled: there is nothing to approve.");
  return message("Thank you", "Your bank has answered. You can close this page.");
}

function message(title: string, text: string) {
  return {
    title,
    current: null,
    body: html`<section class="bank card-panel"><h1>${title}</h1><p>${text}</p></section>`,
  };
}
