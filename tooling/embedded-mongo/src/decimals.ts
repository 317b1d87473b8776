import { Decimal128, Double, Long } from "bson";

/** coefficient × 10^exponent, exactly; or one of the special values. */
export type Decimal = { coefficient: bigint; exponent: number } | "NaN" | "Infinity" | "-Infinity";

const MAX_DIGITS = 34;

function parseDecimal(text: string): Decimal {
  if (text === "NaN" || text === "Infinity" || text === "-Infinity") return text;
  const [mantissa = "0", power = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** A double takes part in arithmetic with 15 significant digits and in comparisons with 34, as in MongoDB. */
export function toDecimal(value: unknown, doubleDigits = MAX_DIGITS): Decimal {
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  const number = value instanceof Double ? value.value : Number(value);
  if (Number.isInteger(number)) return { coefficient: BigInt(number), exponent: 0 };
  return parseDecimal(Number.isFinite(number) ? number.toPrecision(doubleDigits) : String(number));
}

export function fromDecimal(value: Decimal): Decimal128 {
  if (typeof value === "string") return Decimal128.fromString(value);
  return Decimal128.fromStringWithRounding(`${value.coefficient}E${value.exponent}`);
}

const aligned = (a: Exclude<Decimal, string>, b: Exclude<Decimal, string>): [bigint, bigint, number] => {
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = (x: Exclude<Decimal, string>) => x.coefficient * 10n ** BigInt(x.exponent - exponent);
  return [scale(a), scale(b), exponent];
};

const asNumber = (value: Decimal): number => (typeof value === "string" ? Number(value) : Number(value.coefficient));

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (typeof a === "string" || typeof b === "string") return String(asNumber(a) + asNumber(b)) as Decimal;
  const [x, y, exponent] = aligned(a, b);
  return { coefficient: x + y, exponent };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (typeof a === "string" || typeof b === "string") return String(asNumber(a) * asNumber(b)) as Decimal;
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** NaN is smaller than every other number and equal to itself. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a === "NaN" || b === "NaN") return a === b ? 0 : a === "NaN" ? -1 : 1;
  if (typeof a === "string" || typeof b === "string") {
    if (a === b) return 0;
    return a === "-Infinity" || b === "Infinity" ? -1 : 1;
  }
  const [x, y] = Math.abs(a.exponent - b.exponent) > 400 ? distant(a, b) : aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

// Far apart exponents (1E+6000 against 1E-6000) are decided by sign and magnitude, not by building huge integers.
function distant(a: Exclude<Decimal, string>, b: Exclude<Decimal, string>): [bigint, bigint] {
  const magnitude = (x: Exclude<Decimal, string>) => {
    if (x.coefficient === 0n) return 0n;
    const size = BigInt(x.exponent + x.coefficient.toString().length + 20_000);
    return x.coefficient < 0n ? -size : size;
  };
  return [magnitude(a), magnitude(b)];
}
