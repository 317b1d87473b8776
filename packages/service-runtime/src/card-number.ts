const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGIT_RUN = /\+?\d(?:[ -]?\d){12,}/g;
/** First digits that card networks issue under (ISO/IEC 7812): Visa 4, Mastercard 5 and 22–27, Amex 3, Discover and UnionPay 6. */
const ISSUED_PREFIX = /^(?:[3-6]|2[2-7])/;

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

const isCard = (digits: string): boolean =>
  digits.length >= 13 && digits.length <= 19 && ISSUED_PREFIX.test(digits) && passesLuhn(digits);

/** Any stretch of neighbouring groups may be the card: `12 4111 1111 1111 1111` hides one behind a house number. */
function holdsCard(run: string): boolean {
  const groups = run.split(/[ -]/);
  for (let from = 0; from < groups.length; from++) {
    let digits = "";
    for (let to = from; to < groups.length && digits.length < 19; to++) {
      digits += groups[to];
      if (isCard(digits)) return true;
    }
  }
  return false;
}

/**
 * Whether text holds what looks like a payment card number: 13 to 19 digits, spaces and hyphens aside, an issued prefix
 * and a valid check digit. Whole UUIDs and E.164 phone numbers (`+` and up to 15 digits) are not cards.
 */
export function containsCardNumber(text: string): boolean {
  if (text.length < 13 || UUID.test(text)) return false;
  for (const [run] of text.normalize("NFKC").matchAll(DIGIT_RUN)) {
    const isPhone = run.startsWith("+") && run.replace(/\D/g, "").length <= 15;
    if (!isPhone && holdsCard(run.replace("+", ""))) return true;
  }
  return false;
}
