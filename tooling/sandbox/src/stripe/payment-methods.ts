import type { Stripe } from "stripe";
import { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { CardParams, cardBehindName, describeCard, type EnteredCard, readCard } from "./card-details.ts";
import { invalidRequest, noSuch } from "./errors.ts";
import { newId } from "./ids.ts";
import { address, email, emptyable, mergeMetadata, metadata, opaque, text } from "./params.ts";

const BillingDetails = z.strictObject({
  address: emptyable(address).optional(),
  email: emptyable(email).optional(),
  name: emptyable(text).optional(),
  phone: emptyable(text).optional(),
  tax_id: text.optional(),
});

/** `payment_method_data` of an intent, and the body of `POST /v1/payment_methods`. */
export const PaymentMethodData = z.strictObject({
  type: z.literal("card"),
  card: CardParams,
  billing_details: BillingDetails.optional(),
  metadata: metadata.optional(),
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
  // Sent along by Stripe.js; of no effect here.
  guid: opaque.optional(),
  muid: opaque.optional(),
  sid: opaque.optional(),
  payment_user_agent: opaque.optional(),
  time_on_page: opaque.optional(),
  referrer: opaque.optional(),
  radar_options: opaque.optional(),
  client_attribution_metadata: opaque.optional(),
});
export type PaymentMethodData = z.infer<typeof PaymentMethodData>;

export const PaymentMethodUpdate = z.strictObject({
  billing_details: BillingDetails.optional(),
  metadata: metadata.optional(),
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
});
export type PaymentMethodUpdate = z.infer<typeof PaymentMethodUpdate>;

export function createPaymentMethod(tx: Tx, data: PaymentMethodData, publishable: boolean): Stripe.PaymentMethod {
  return keepCard(tx, readCard(data.card, publishable, tx.nowMs), data);
}

function keepCard(tx: Tx, entered: EnteredCard, data: Partial<PaymentMethodData>): Stripe.PaymentMethod {
  const id = newId("pm");
  tx.put("cards", { id, behaviour: entered.card.behaviour, setUp: false, spent: false });
  return tx.put("payment_methods", {
    id,
    object: "payment_method",
    allow_redisplay: data.allow_redisplay ?? "unspecified",
    billing_details: mergeBilling(noBilling, data.billing_details),
    card: describeCard(entered),
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata({}, data.metadata),
    type: "card",
  });
}

/** The payment method of this id; `pm_card_visa` and the like make a new one each time, as with Stripe. */
export function findPaymentMethod(tx: Tx, id: string, param = "payment_method"): Stripe.PaymentMethod {
  const found = tx.get("payment_methods", id);
  if (found) return found;
  if (/^(pm_card|tok)_/.test(id)) return keepCard(tx, cardBehindName(id, param, tx.nowMs), {});
  throw noSuch("PaymentMethod", id, param);
}

export function attachPaymentMethod(tx: Tx, method: Stripe.PaymentMethod, customer: string): Stripe.PaymentMethod {
  assertUsable(tx, method);
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalidRequest("The payment method you provided has already been attached to a customer.", {
      code: "payment_method_unexpected_state",
    });
  }
  const attached = tx.put("payment_methods", { ...method, customer });
  tx.emit("payment_method.attached", attached);
  return attached;
}

export function updatePaymentMethod(tx: Tx, method: Stripe.PaymentMethod, params: PaymentMethodUpdate) {
  const updated = tx.put("payment_methods", {
    ...method,
    billing_details: mergeBilling(method.billing_details, params.billing_details),
    metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
    ...(params.allow_redisplay && { allow_redisplay: params.allow_redisplay }),
  });
  if (method.customer !== null) tx.emit("payment_method.updated", updated);
  return updated;
}

/** Throws when the payment method was used up: paid once without a customer, or was detached from one. */
export function assertUsable(tx: Tx, method: Stripe.PaymentMethod): void {
  if (!tx.get("cards", method.id)?.spent) return;
  throw invalidRequest(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a " +
      "connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a " +
      "PaymentMethod multiple times, you must attach it to a Customer first.",
  );
}

export function markCardSpent(tx: Tx, methodId: string): void {
  const card = tx.get("cards", methodId);
  if (card) tx.put("cards", { ...card, spent: true });
}

/** Remembers that a card went through a set-up, so that later payments need no 3-D Secure where that is enough. */
export function markCardSetUp(tx: Tx, methodId: string): void {
  const card = tx.get("cards", methodId);
  if (card) tx.put("cards", { ...card, setUp: true });
}

export const noAddress: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};
const noBilling = { address: noAddress, email: null, name: null, phone: null, tax_id: null };

/** Fills an address with nulls for what was not given. */
export function wholeAddress(given: z.infer<typeof address>): Stripe.Address {
  return { ...noAddress, ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value || null])) };
}

function mergeBilling(
  current: Stripe.PaymentMethod.BillingDetails,
  change: z.infer<typeof BillingDetails> | undefined,
): Stripe.PaymentMethod.BillingDetails {
  if (!change) return current;
  const { address: newAddress, ...rest } = change;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (newAddress === undefined) return { ...current, ...given };
  return { ...current, ...given, address: newAddress === null ? noAddress : wholeAddress(newAddress) };
}
