const UUIDS = /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi;
/** Digests and tokens in hexadecimal: among their digits one in a few hundred would pass for a card. */
const HEX_TOKENS = /(?<![\w-])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{2}){16,64}(?![\w-])/gi;
const DIGIT_RUN = /\+?\d(?:[ -]?\d){12,}/g;
const [MIN_DIGITS, MAX_DIGITS] = [13, 19];
/** First digits that card networks issue under (ISO/IEC 7812): Visa 4, Mastercard 5 and 22–27, Amex 3, Discover and UnionPay 6. */
const ISSUED_PREFIX = /^(?:[3-6]|2[2-7])/;

/**
 * Any stretch of neighbouring groups may be the card: `12 4111 1111 1111 1111` hides one behind a house number. A body may
 * be nothing but digits, so that each stretch is checked by two subtractions and not digit by digit.
 */
function holdsCard(run: string): boolean {
  const digits = run.replace(/[ -]/g, "");
  const [oddDoubled, evenDoubled] = [luhnSums(digits, 1), luhnSums(digits, 0)];
  const ends = groupEnds(run);
  for (let first = 0, from = 0; from < digits.length; from = ends[first++] ?? digits.length) {
    if (!ISSUED_PREFIX.test(digits.slice(from, from + 2))) continue;
    for (let last = first; last < ends.length && (ends[last] ?? 0) - from <= MAX_DIGITS; last++) {
      const to = ends[last] ?? 0;
      const sums = to % 2 === 0 ? evenDoubled : oddDoubled;
      if (to - from >= MIN_DIGITS && ((sums[to] ?? 0) - (sums[from] ?? 0)) % 10 === 0) return true;
    }
  }
  return false;
}

/** Sums of the first digits, from none to all, those at odd or at even places doubled (ISO/IEC 7812-1, annex B). */
function luhnSums(digits: string, doubledParity: 0 | 1): Uint32Array {
  const sums = new Uint32Array(digits.length + 1);
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - 48;
    const weighted = i % 2 === doubledParity ? digit * 2 : digit;
    sums[i + 1] = (sums[i] ?? 0) + (weighted > 9 ? weighted - 9 : weighted);
  }
  return sums;
}

const isGap = (code: number): boolean => code === 0x20 || code === 0x2d;

/** After how many digits each group of a run ends. */
function groupEnds(run: string): number[] {
  const ends: number[] = [];
  for (let at = 0; at < run.length; at++) if (isGap(run.charCodeAt(at))) ends.push(at - ends.length);
  ends.push(run.length - ends.length);
  return ends;
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
