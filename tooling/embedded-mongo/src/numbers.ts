import { Decimal128, Double, Long } from "bson";
import { addDecimals, compareDecimals, fromDecimal, multiplyDecimals, toDecimal } from "./decimals.ts";
import { badValue } from "./mongo-error.ts";
import { isInt32 } from "./values.ts";

/** A stored number: see `decodeDocument` for which JavaScript numbers are int32 and which are doubles. */
export type BsonNumber = number | Double | Long | Decimal128;

export const isNumeric = (value: unknown): value is BsonNumber =>
  typeof value === "number" || value instanceof Double || value instanceof Long || value instanceof Decimal128;

/** The value as a JavaScript number, for limits, sizes and flags; exact up to 2^53. */
export const toNumber = (value: unknown): number =>
  typeof value === "number" ? value : value instanceof Decimal128 ? Number(value.toString()) : Number(value);

export const asDouble = (value: number): number | Double => (isInt32(value) ? new Double(value) : value);

const compareDoubles = (a: number, b: number): number => {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
};

/** MongoDB's order of numbers: by value whatever the types; NaN first. */
export function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  if (typeof a === "number" && typeof b === "number") return compareDoubles(a, b);
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const exact = (value: BsonNumber) => value instanceof Decimal128 || (value instanceof Long && !isSafe(value));
  if (exact(a) || exact(b)) return compareDecimals(toDecimal(a), toDecimal(b));
  return compareDoubles(toNumber(a), toNumber(b));
}

const isSafe = (value: Long): boolean => Number.isSafeInteger(value.toNumber());

const kindOf = (value: BsonNumber): "int" | "long" | "double" | "decimal" => {
  if (typeof value === "number") return isInt32(value) ? "int" : "double";
  if (value instanceof Long) return "long";
  return value instanceof Double ? "double" : "decimal";
};

interface Arithmetic {
  doubles: (a: number, b: number) => number;
  integers: (a: bigint, b: bigint) => bigint;
  decimals: typeof addDecimals;
}

const ADDITION: Arithmetic = { doubles: (a, b) => a + b, integers: (a, b) => a + b, decimals: addDecimals };
const MULTIPLICATION: Arithmetic = { doubles: (a, b) => a * b, integers: (a, b) => a * b, decimals: multiplyDecimals };

const INT64_MAX = 2n ** 63n - 1n;

function compute(a: BsonNumber, b: BsonNumber, { doubles, integers, decimals }: Arithmetic): BsonNumber {
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.includes("decimal")) return fromDecimal(decimals(toDecimal(a, 15), toDecimal(b, 15)));
  if (kinds.includes("double")) return asDouble(doubles(toNumber(a), toNumber(b)));
  const result = integers(BigInt(a.toString()), BigInt(b.toString()));
  if (result > INT64_MAX || result < -INT64_MAX - 1n) throw badValue(`integer overflow: ${a} and ${b}`);
  const narrow = Number(result);
  return !kinds.includes("long") && isInt32(narrow) ? narrow : Long.fromBigInt(result);
}

/** Sum with MongoDB's result types: int32 grows to int64, doubles and decimals win. Throws 2 past int64. */
export function addNumbers(a: BsonNumber, b: BsonNumber): BsonNumber {
  if (typeof a === "number" && typeof b === "number" && isInt32(a) && isInt32(b) && isInt32(a + b)) return a + b;
  return compute(a, b, ADDITION);
}

/** Product with the same rules as `addNumbers`. */
export const multiplyNumbers = (a: BsonNumber, b: BsonNumber): BsonNumber => compute(a, b, MULTIPLICATION);
