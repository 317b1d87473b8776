import type { Card } from "./stripe-wire.ts";

export interface CardDraft {
  number: string;
  expiry: string;
  cvc: string;
}
export type CardErrors = Partial<Record<keyof CardDraft, "numberInvalid" | "expiryInvalid" | "cvcInvalid">>;

/** Groups of four digits, as on the card. */
export const groupDigits = (typed: string): string =>
  typed
    .replace(/\D/g, "")
    .slice(0, 19)
    .replace(/(\d{4})(?=\d)/g, "$1 ");

/** `1234` and `12/34` as `12/34`. */
export function spellExpiry(typed: string): string {
  const digits = typed.replace(/\D/g, "").slice(0, 4);
  return digits.length > 2 || (digits.length === 2 && typed.endsWith("/"))
    ? `${digits.slice(0, 2)}/${digits.slice(2)}`
    : digits;
}

/** The check digit of ISO/IEC 7812-1, Annex B. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length > 0 && sum % 10 === 0;
}

/** The card, or what is wrong with each field. */
export function readCard(draft: CardDraft, today = new Date()): { card: Card } | { errors: CardErrors } {
  const errors: CardErrors = {};
  const number = draft.number.replace(/\D/g, "");
  if (number.length < 12 || number.length > 19 || !passesLuhn(number)) errors.number = "numberInvalid";
  const [, month, year] = /^(\d{2})\/(\d{2})$/.exec(draft.expiry) ?? [];
  const [expMonth, expYear] = [Number(month), 2000 + Number(year)];
  const over = expYear * 12 + expMonth < today.getFullYear() * 12 + today.getMonth() + 1;
  if (!(expMonth >= 1 && expMonth <= 12) || over) errors.expiry = "expiryInvalid";
  if (!/^\d{3,4}$/.test(draft.cvc)) errors.cvc = "cvcInvalid";
  return Object.keys(errors).length > 0 ? { errors } : { card: { number, expMonth, expYear, cvc: draft.cvc } };
}
