import type { Stripe } from "stripe";
import type { Tx } from "../storage/transaction.ts";
import { newId, randomText } from "./ids.ts";
import type { Decline } from "./test-cards.ts";

type Charge = Stripe.Charge;

/** Stripe's price for a European or American card: 2.9 % and 30 minor units. */
const feeOf = (amount: number) => Math.round(amount * 0.029) + 30;

export function recordBalance(
  tx: Tx,
  entry: {
    type: "charge" | "refund" | "adjustment";
    amount: number;
    currency: string;
    source: string;
    description: string | null;
  },
): Stripe.BalanceTransaction {
  const fee = entry.type === "charge" ? feeOf(entry.amount) : 0;
  const details = { amount: fee, application: null, currency: entry.currency, description: "Stripe processing fees" };
  return tx.put("balance_transactions", {
    id: newId("txn"),
    object: "balance_transaction",
    amount: entry.amount,
    available_on: tx.now + 2 * 24 * 60 * 60,
    balance_type: "payments",
    created: tx.now,
    currency: entry.currency,
    description: entry.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ ...details, type: "stripe_fee" }],
    net: entry.amount - fee,
    reporting_category: entry.type === "adjustment" ? "dispute" : entry.type,
    source: entry.source,
    status: "pending",
    type: entry.type,
  });
}

export type ChargeOutcome = { captured: boolean; authenticated: boolean } | { decline: Decline };

/** Makes and stores the charge of one attempt to pay, and tells of it. */
export function recordCharge(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  outcome: ChargeOutcome,
): Charge {
  const decline = "decline" in outcome ? outcome.decline : undefined;
  const captured = "captured" in outcome && outcome.captured;
  const authenticated = "authenticated" in outcome && outcome.authenticated;
  const blank = newCharge(tx, intent, method, authenticated);
  const charge = tx.put("charges", {
    ...blank,
    ...(decline && {
      failure_code: decline.code,
      failure_message: decline.message,
      outcome: declinedOutcome(decline),
      paid: false,
      status: "failed" as const,
    }),
    ...(captured && capturedPart(tx, blank, intent.amount)),
  });
  tx.emit(decline ? "charge.failed" : "charge.succeeded", charge);
  return charge;
}

/** The fields that change when this amount of a charge is captured. */
export function capturedPart(tx: Tx, charge: Charge, amount: number): Partial<Charge> {
  const entry = { amount, currency: charge.currency, source: charge.id, description: charge.description };
  const balance = recordBalance(tx, { ...entry, type: "charge" });
  return { captured: true, amount_captured: amount, balance_transaction: balance.id };
}

function newCharge(tx: Tx, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, authenticated: boolean): Charge {
  return {
    id: newId("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? "TRADEPOST",
    captured: false,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: acceptedOutcome,
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(intent, method, authenticated), type: "card" },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping as Stripe.Charge.Shipping | null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "succeeded",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

const acceptedOutcome: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: "approved_by_network",
  reason: null,
  risk_level: "normal",
  risk_score: 12,
  seller_message: "Payment complete.",
  type: "authorized",
};

function declinedOutcome({ declineCode }: Decline): Stripe.Charge.Outcome {
  const blocked = declineCode === "fraudulent";
  return {
    ...acceptedOutcome,
    network_status: blocked ? "not_sent_to_network" : "declined_by_network",
    reason: blocked ? "highest_risk_level" : declineCode,
    risk_level: blocked ? "highest" : "normal",
    seller_message: blocked
      ? "Stripe blocked this payment as too risky."
      : "The bank did not return any further details with this decline.",
    type: blocked ? "blocked" : "issuer_declined",
  };
}

function cardDetails(intent: Stripe.PaymentIntent, { card }: Stripe.PaymentMethod, authenticated: boolean) {
  if (!card) throw new Error("a payment method of the sandbox is always a card");
  return {
    amount_authorized: intent.amount,
    authorization_code: randomText(6).toUpperCase(),
    brand: card.brand,
    checks: card.checks && { ...card.checks, cvc_check: card.checks.cvc_check && "pass" },
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: randomText(15).toUpperCase(),
    overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
    regulated_status: card.regulated_status,
    three_d_secure: authenticated ? passedThreeDSecure : null,
    transaction_link_id: null,
    wallet: null,
  } satisfies Stripe.Charge.PaymentMethodDetails.Card;
}

const passedThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
} satisfies Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure;
