import { Decimal128, Double, EJSON, Long, ObjectId } from "bson";
import { toDecimal } from "./decimals.ts";
import { isDoc } from "./values.ts";

export type ValueKey = string | number | boolean | null;

/**
 * A Map key for a value: two values have the same key exactly when MongoDB holds them equal. Ordinary strings, numbers
 * and booleans are their own keys; everything else becomes a string behind a NUL.
 */
export function valueKey(value: unknown): ValueKey {
  switch (typeof value) {
    case "string":
      return value.startsWith("\0") ? `\0s${value}` : value;
    case "number":
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? `\0n${BigInt(value)}` : value;
    case "boolean":
      return value;
    case "undefined":
      return null;
    default:
      return value === null ? null : objectKey(value as object);
  }
}

function objectKey(value: object): ValueKey {
  if (value instanceof ObjectId) return `\0o${value.toHexString()}`;
  if (value instanceof Date) return `\0d${value.getTime()}`;
  if (value instanceof Double) return valueKey(value.value);
  if (value instanceof Long) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : `\0n${value}`;
  if (value instanceof Decimal128) return decimalKey(value);
  if (Array.isArray(value)) return `\0a[${value.map(partKey).join()}]`;
  if (isDoc(value)) return `\0{${Object.keys(value).map((name) => `${JSON.stringify(name)}:${partKey(value[name])}`)}}`;
  return `\0e${EJSON.stringify(value)}`;
}

const partKey = (value: unknown): string => {
  const key = valueKey(value);
  return typeof key === "string" ? JSON.stringify(key) : String(key);
};

// Equal to the key of the int, long or double with the same value, where there is one.
function decimalKey(value: Decimal128): ValueKey {
  const decimal = toDecimal(value);
  if (typeof decimal === "string") return Number(decimal);
  const number = Number(value.toString());
  const back = toDecimal(number);
  let { coefficient, exponent } = decimal;
  while (coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  const same = typeof back !== "string" && sameDecimal(back, coefficient, exponent);
  if (same) return valueKey(number);
  return exponent >= 0 && exponent < 20
    ? `\0n${coefficient * 10n ** BigInt(exponent)}`
    : `\0n${coefficient}e${exponent}`;
}

function sameDecimal(other: { coefficient: bigint; exponent: number }, coefficient: bigint, exponent: number): boolean {
  const shift = exponent - other.exponent;
  if (coefficient === 0n) return other.coefficient === 0n;
  return shift >= 0 && shift < 400 && coefficient * 10n ** BigInt(shift) === other.coefficient;
}
