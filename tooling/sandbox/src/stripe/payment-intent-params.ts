import { z } from "zod";
import { paging } from "./list.ts";
import { email, emptyable, flag, integer, metadata, opaque, returnUrl, shipping, text } from "./params.ts";
import { PaymentMethodData } from "./payment-methods.ts";

const captureMethod = z.enum(["automatic", "automatic_async", "manual"]).optional();
const onlyCard = z.array(z.literal("card")).min(1);

const AutomaticPaymentMethods = z.strictObject({
  enabled: flag,
  allow_redirects: z.enum(["always", "never"]).optional(),
});
const CardOptions = z.looseObject({
  request_three_d_secure: z.enum(["any", "automatic", "challenge"]).optional(),
});

/** Parameters that create, update and confirm share. What is `opaque` has no effect in the sandbox. */
const details = {
  // Newer API versions know only the first of these two, older ones only the second.
  allowed_payment_method_types: onlyCard.optional(),
  payment_method_types: onlyCard.optional(),
  amount_details: opaque.optional(),
  capture_method: captureMethod,
  excluded_payment_method_types: opaque.optional(),
  hooks: opaque.optional(),
  payment_details: opaque.optional(),
  payment_method: text.optional(),
  payment_method_data: PaymentMethodData.optional(),
  payment_method_options: z.strictObject({ card: CardOptions.optional() }).optional(),
  receipt_email: emptyable(email).optional(),
  setup_future_usage: emptyable(z.enum(["off_session", "on_session"])).optional(),
  shipping: emptyable(shipping).optional(),
};

/** Parameters of a confirmation, whether it comes by itself or with the creation. */
const confirmation = {
  error_on_requires_action: flag.optional(),
  mandate: text.optional(),
  mandate_data: opaque.optional(),
  off_session: z.union([z.enum(["one_off", "recurring"]).transform(() => true), flag]).optional(),
  radar_options: opaque.optional(),
  return_url: returnUrl.optional(),
  use_stripe_sdk: flag.optional(),
};

const labels = {
  application_fee_amount: emptyable(integer).optional(),
  customer: text.optional(),
  description: emptyable(text).optional(),
  metadata: metadata.optional(),
  payment_method_configuration: text.optional(),
  statement_descriptor: emptyable(z.string().max(22)).optional(),
  statement_descriptor_suffix: emptyable(z.string().max(22)).optional(),
  transfer_group: text.optional(),
};

export const PaymentIntentCreate = z.strictObject({
  ...details,
  ...confirmation,
  ...labels,
  amount: integer,
  currency: text,
  automatic_payment_methods: AutomaticPaymentMethods.optional(),
  confirm: flag.optional(),
  confirmation_method: z.enum(["automatic", "manual"]).optional(),
});
export type PaymentIntentCreate = z.infer<typeof PaymentIntentCreate>;

export const PaymentIntentUpdate = z.strictObject({
  ...details,
  ...labels,
  amount: integer.optional(),
  currency: text.optional(),
});
export type PaymentIntentUpdate = z.infer<typeof PaymentIntentUpdate>;

export const PaymentIntentConfirm = z.strictObject({
  ...details,
  ...confirmation,
  client_secret: text.optional(),
  // Sent along by Stripe.js; of no effect here.
  expected_payment_method_type: opaque.optional(),
  client_context: opaque.optional(),
  client_attribution_metadata: opaque.optional(),
});
export type PaymentIntentConfirm = z.infer<typeof PaymentIntentConfirm>;

export const PaymentIntentCapture = z.strictObject({
  amount_details: opaque.optional(),
  amount_to_capture: integer.optional(),
  application_fee_amount: integer.optional(),
  final_capture: flag.optional(),
  hooks: opaque.optional(),
  metadata: metadata.optional(),
  payment_details: opaque.optional(),
  statement_descriptor: z.string().max(22).optional(),
  statement_descriptor_suffix: z.string().max(22).optional(),
});
export type PaymentIntentCapture = z.infer<typeof PaymentIntentCapture>;

export const cancellationReasons = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"] as const;
export const PaymentIntentCancel = z.strictObject({ cancellation_reason: z.enum(cancellationReasons).optional() });

export const PaymentIntentList = z.strictObject({ ...paging, customer: text.optional() });
