const UUIDS = /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi;
/** Digests and tokens in hexadecimal: among their digits one in a few hundred would pass for a card. */
const HEX_TOKENS = /(?<![\w-])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{2}){16,64}(?![\w-])/gi;
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
 * and a valid check digit. UUIDs, hexadecimal digests and E.164 phone numbers (`+` and up to 15 digits) are not cards.
 */
export function containsCardNumber(text: string): boolean {
  if (text.length < 13) return false;
  const plain = text.normalize("NFKC").replace(UUIDS, "id").replace(HEX_TOKENS, "id");
  for (const [run] of plain.matchAll(DIGIT_RUN)) {
    const isPhone = run.startsWith("+") && run.replace(/\D/g, "").length <= 15;
    if (!isPhone && holdsCard(run.replace("+", ""))) return true;
  }
  return false;
}
