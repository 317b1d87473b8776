import { createHash } from "node:crypto";
import type { Stripe } from "stripe";
import { z } from "zod";
import { cardError, noSuch, StripeApiError } from "./errors.ts";
import { integer, opaque } from "./params.ts";
import { findCardByName, findCardByNumber, type TestCard } from "./test-cards.ts";

export const CardParams = z.strictObject({
  number: z.string().optional(),
  exp_month: integer.optional(),
  exp_year: integer.optional(),
  cvc: z.string().optional(),
  networks: opaque.optional(),
  token: z.string().optional(),
});
export type CardParams = z.infer<typeof CardParams>;

export type EnteredCard = { card: TestCard; expMonth: number; expYear: number; cvcGiven: boolean };

const unsafe =
  "Sending credit card numbers directly to the Stripe API is generally unsafe. To continue processing use Stripe.js, the " +
  "Stripe mobile bindings, or Stripe Elements. If you are qualified to handle card data directly, see " +
  "https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.";

/** Reads a card as it was typed, or the token that stands for one. Throws Stripe's card errors. */
export function readCard(params: CardParams, publishable: boolean, nowMs: number): EnteredCard {
  if (params.token !== undefined) return cardBehindName(params.token, "token", nowMs);
  if (!publishable) throw new StripeApiError(402, { type: "invalid_request_error", message: unsafe });
  const number = (params.number ?? "").replaceAll(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardError("incorrect_number", "Your card number is incorrect.", "number");
  }
  const expiry = readExpiry(params, nowMs);
  const card = findCardByNumber(number);
  const cvcLength = card?.brand === "amex" ? /^\d{3,4}$/ : /^\d{3}$/;
  if (params.cvc !== undefined && !cvcLength.test(params.cvc)) {
    throw cardError("invalid_cvc", "Your card's security code is invalid.", "cvc");
  }
  if (!card) throw liveCard();
  return { card, ...expiry, cvcGiven: params.cvc !== undefined };
}

/** The card behind `pm_card_visa`, `tok_visa` and so on, valid for years. */
export function cardBehindName(name: string, param: string, nowMs: number): EnteredCard {
  const card = findCardByName(name);
  if (!card) throw noSuch(param === "token" ? "token" : "PaymentMethod", name, param);
  return { card, expMonth: 8, expYear: new Date(nowMs).getUTCFullYear() + 4, cvcGiven: true };
}

export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function readExpiry({ exp_month, exp_year }: CardParams, nowMs: number): { expMonth: number; expYear: number } {
  const today = new Date(nowMs);
  const thisYear = today.getUTCFullYear();
  const expYear = exp_year !== undefined && exp_year < 100 ? 2000 + exp_year : exp_year;
  const badMonth = cardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  if (exp_month === undefined || exp_month < 1 || exp_month > 12) throw badMonth;
  if (expYear === undefined || expYear < thisYear || expYear > thisYear + 50) {
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  }
  if (expYear === thisYear && exp_month < today.getUTCMonth() + 1) throw badMonth;
  return { expMonth: exp_month, expYear };
}

function liveCard(): StripeApiError {
  const message =
    "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test " +
    "cards, visit: https://stripe.com/docs/testing.";
  return new StripeApiError(402, {
    type: "card_error",
    code: "card_declined",
    decline_code: "test_mode_live_card",
    message,
    param: "number",
  });
}

/** What Stripe shows of a card. */
export function describeCard({ card, expMonth, expYear, cvcGiven }: EnteredCard): Stripe.PaymentMethod.Card {
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: cvcGiven ? "unchecked" : null },
    country: card.country ?? "US",
    display_brand: card.brand === "amex" ? "american_express" : card.brand,
    exp_month: expMonth,
    exp_year: expYear,
    fingerprint: createHash("sha256").update(card.number).digest("base64url").replaceAll(/\W/g, "").slice(0, 16),
    funding: card.funding ?? "credit",
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}
