import type { Stripe } from "stripe";
import type { Tx } from "../storage/transaction.ts";
import { checkAmount, readCurrency } from "./amounts.ts";
import { findCustomer } from "./customers.ts";
import { invalidRequest, noSuch } from "./errors.ts";
import { given } from "./given.ts";
import { newId, randomText } from "./ids.ts";
import { mergeMetadata } from "./params.ts";
import type { PaymentIntentConfirm, PaymentIntentCreate, PaymentIntentUpdate } from "./payment-intent-params.ts";
import { assertUsable, createPaymentMethod, findPaymentMethod, wholeAddress } from "./payment-methods.ts";

type Intent = Stripe.PaymentIntent;

export function findPaymentIntent(tx: Tx, id: string, param = "intent"): Intent {
  const found = tx.get("payment_intents", id);
  if (!found) throw noSuch("payment_intent", id, param);
  return found;
}

/** Replaces the stored intent by one with these changes, and returns it. */
export function changeIntent(tx: Tx, intent: Intent, changes: Partial<Intent>): Intent {
  return tx.put("payment_intents", { ...intent, ...changes });
}

/** Makes and stores the intent, unconfirmed. Throws for amounts and currencies that Stripe would refuse. */
export function createPaymentIntent(tx: Tx, params: PaymentIntentCreate): Intent {
  const currency = readCurrency(params.currency);
  checkAmount(params.amount, currency);
  const intent = setDetails(tx, emptyIntent(tx, params, currency), params, false);
  tx.put("payment_intents", intent);
  tx.emit("payment_intent.created", intent);
  return intent;
}

/** The intent with the parameters applied that create, update and confirm share. */
export function setDetails(
  tx: Tx,
  intent: Intent,
  params: PaymentIntentCreate | PaymentIntentUpdate | PaymentIntentConfirm,
  publishable: boolean,
): Intent {
  const { shipping, setup_future_usage, capture_method, receipt_email } = params;
  const method = params.payment_method_data
    ? createPaymentMethod(tx, params.payment_method_data, publishable)
    : params.payment_method === undefined
      ? undefined
      : findPaymentMethod(tx, params.payment_method);
  if (method) {
    assertUsable(tx, method);
    checkOwner(method, intent);
  }
  const types = params.allowed_payment_method_types ?? params.payment_method_types;
  return {
    ...intent,
    ...given({ capture_method, receipt_email, setup_future_usage }),
    ...(types && { payment_method_types: types, automatic_payment_methods: null }),
    ...(params.allowed_payment_method_types && { allowed_payment_method_types: params.allowed_payment_method_types }),
    ...(params.payment_method_options?.card && {
      payment_method_options: { card: { ...noCardOptions, ...params.payment_method_options.card } as never },
    }),
    ...(shipping !== undefined && { shipping: shipping && wholeShipping(shipping) }),
    ...(method && {
      payment_method: method.id,
      ...(intent.status === "requires_payment_method" && { status: "requires_confirmation" as const }),
    }),
  };
}

export function setLabels(tx: Tx, intent: Intent, params: PaymentIntentUpdate): Intent {
  const { description, statement_descriptor, statement_descriptor_suffix, transfer_group, application_fee_amount } =
    params;
  if (params.customer !== undefined) findCustomer(tx, params.customer, "customer");
  return {
    ...intent,
    ...given({
      description,
      statement_descriptor,
      statement_descriptor_suffix,
      transfer_group,
      application_fee_amount,
    }),
    ...given({ customer: params.customer }),
    metadata: mergeMetadata(intent.metadata, params.metadata),
  };
}

/** What a browser, with its publishable key, may see of an intent. */
export function publicView(intent: Intent): Partial<Intent> {
  return Object.fromEntries(publicFields.map((field) => [field, intent[field]]));
}

const publicFields = [
  "id",
  "object",
  "amount",
  "automatic_payment_methods",
  "canceled_at",
  "cancellation_reason",
  "capture_method",
  "client_secret",
  "confirmation_method",
  "created",
  "currency",
  "description",
  "last_payment_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_types",
  "processing",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "status",
] as const;

function wholeShipping({
  address,
  ...rest
}: NonNullable<PaymentIntentCreate["shipping"]>): Stripe.PaymentIntent.Shipping {
  return { carrier: null, phone: null, tracking_number: null, ...given(rest), address: wholeAddress(address) };
}

const noCardOptions = { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" };

function checkOwner({ id, customer }: Stripe.PaymentMethod, intent: Intent): void {
  if (customer === null || customer === intent.customer) return;
  const message =
    intent.customer === null
      ? `The PaymentMethod ${id} belongs to the Customer ${customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
      : `The PaymentMethod ${id} does not belong to the Customer you supplied ${intent.customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`;
  throw invalidRequest(message, { param: "payment_method" });
}

function emptyIntent(tx: Tx, params: PaymentIntentCreate, currency: string): Intent {
  const id = newId("pi");
  const automatic = params.automatic_payment_methods ?? { enabled: true };
  const blank: Intent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: params.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic.enabled ? { allow_redirects: "always", ...given(automatic) } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: params.confirmation_method ?? "automatic",
    created: tx.now,
    currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: noCardOptions as never },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
  return setLabels(tx, blank, params);
}
