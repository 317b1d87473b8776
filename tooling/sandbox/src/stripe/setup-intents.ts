import { z } from "zod";
import { page, paging } from "./list.ts";
import { emptyable, flag, metadata, opaque, returnUrl, text } from "./params.ts";
import { checkSecret } from "./payment-intents.ts";
import { PaymentMethodData } from "./payment-methods.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";
import {
  authenticateSetupIntent,
  cancelSetupIntent,
  confirmSetupIntent,
  createSetupIntent,
  findSetupIntent,
  setSetupDetails,
} from "./setup-intent.ts";

const onlyCard = z.array(z.literal("card")).min(1);
const details = {
  allowed_payment_method_types: onlyCard.optional(),
  payment_method_types: onlyCard.optional(),
  customer: text.optional(),
  description: emptyable(text).optional(),
  flow_directions: opaque.optional(),
  metadata: metadata.optional(),
  payment_method: text.optional(),
  payment_method_data: PaymentMethodData.optional(),
  payment_method_options: opaque.optional(),
};
const confirmation = {
  mandate_data: opaque.optional(),
  return_url: returnUrl.optional(),
  use_stripe_sdk: flag.optional(),
};
const Create = z.strictObject({
  ...details,
  ...confirmation,
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
  confirm: flag.optional(),
  usage: z.enum(["off_session", "on_session"]).optional(),
});
const Update = z.strictObject(details);
const Confirm = z.strictObject({
  ...confirmation,
  allowed_payment_method_types: onlyCard.optional(),
  payment_method: text.optional(),
  payment_method_data: PaymentMethodData.optional(),
  payment_method_options: opaque.optional(),
  client_secret: text.optional(),
  expected_payment_method_type: opaque.optional(),
  client_attribution_metadata: opaque.optional(),
});
export type SetupIntentCreate = z.infer<typeof Create>;
export type SetupIntentUpdate = z.infer<typeof Update>;
export type SetupIntentConfirm = z.infer<typeof Confirm>;
const Cancel = z.strictObject({
  cancellation_reason: z.enum(["abandoned", "duplicate", "requested_by_customer"]).optional(),
});

export const setupIntentRoutes: StripeRoute[] = [
  stripeRoute("POST /v1/setup_intents", Create, (tx, { params }) => {
    const intent = createSetupIntent(tx, params);
    return params.confirm ? confirmSetupIntent(tx, intent, { return_url: params.return_url }, false) : intent;
  }),
  stripeRoute(
    "GET /v1/setup_intents",
    z.strictObject({ ...paging, customer: text.optional(), payment_method: text.optional() }),
    (tx, { params }) => {
      const wanted = tx
        .all("setup_intents")
        .filter(({ customer }) => params.customer === undefined || customer === params.customer)
        .filter(
          ({ payment_method: method }) => params.payment_method === undefined || method === params.payment_method,
        );
      return page("/v1/setup_intents", wanted, params);
    },
  ),
  stripeRoute(
    "GET /v1/setup_intents/:id",
    z.strictObject({ client_secret: text.optional() }),
    (tx, { id, params, publishable }) => {
      const intent = findSetupIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      return intent;
    },
    "any",
  ),
  stripeRoute("POST /v1/setup_intents/:id", Update, (tx, { id, params }) =>
    tx.put("setup_intents", setSetupDetails(tx, findSetupIntent(tx, id), params, false)),
  ),
  stripeRoute(
    "POST /v1/setup_intents/:id/confirm",
    Confirm,
    (tx, { id, params, publishable }) => {
      const intent = findSetupIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      return confirmSetupIntent(tx, intent, params, publishable);
    },
    "any",
  ),
  stripeRoute("POST /v1/setup_intents/:id/cancel", Cancel, (tx, { id, params }) =>
    cancelSetupIntent(tx, findSetupIntent(tx, id), params.cancellation_reason),
  ),
  // Not Stripe's: plays the shopper at the 3-D Secure page, for tests without a browser.
  stripeRoute(
    "POST /v1/setup_intents/:id/sandbox_authenticate",
    z.strictObject({ outcome: z.enum(["approve", "decline"]), client_secret: text.optional() }),
    (tx, { id, params, publishable }) => {
      const intent = findSetupIntent(tx, id);
      checkSecret(intent, params.client_secret, publishable);
      return authenticateSetupIntent(tx, intent, params.outcome === "approve");
    },
    "any",
  ),
];
