import { Binary, Decimal128, Double, Long, ObjectId, Timestamp } from "bson";
import { compareValues, equalValues, TypeRank, typeRank } from "./compare.ts";
import { badValue, notImplemented } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { type ValueKey, valueKey } from "./value-key.ts";
import { type Doc, isInt32 } from "./values.ts";

type ValueTest = (value: unknown) => boolean;

/** Tests the value itself and, when it is an array, each of its elements. */
const elementOrWhole =
  (test: ValueTest): ValueTest =>
  (value) =>
    test(value) || (Array.isArray(value) && value.some((element) => test(element)));

/** MongoDB's equality: any element of an array will do, and null also stands for missing. */
export function equalTo(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined) {
    return (value) => value === undefined || (Array.isArray(value) ? value.includes(null) : value === null);
  }
  if (typeof wanted === "string") {
    return (value) => value === wanted || (Array.isArray(value) && value.includes(wanted));
  }
  return elementOrWhole((value) => value !== undefined && equalValues(value, wanted));
}

/** Strings (or elements) that the pattern finds something in. */
export function matchesRegex(pattern: RegExp): ValueTest {
  const stateless =
    pattern.global || pattern.sticky ? new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")) : pattern;
  return elementOrWhole((value) => typeof value === "string" && stateless.test(value));
}

/** Compiles one operator of a field's condition; `operators` is the whole condition, for `$options`. */
export function compileOperator(name: string, operand: unknown, operators: Doc): ValueTest {
  switch (name) {
    case "$eq":
      return equalTo(operand);
    case "$gt":
      return ordered(operand, (order) => order > 0);
    case "$gte":
      return ordered(operand, (order) => order >= 0);
    case "$lt":
      return ordered(operand, (order) => order < 0);
    case "$lte":
      return ordered(operand, (order) => order <= 0);
    case "$in":
      return oneOf(operand);
    case "$regex":
      return matchesRegex(toRegExp(operand, operators.$options));
    case "$options":
      if (!("$regex" in operators)) throw badValue("$options needs a $regex");
      return () => true;
    case "$type":
      return hasType(operand);
    case "$size":
      return hasSize(operand);
    case "$mod":
      return modulo(operand);
    case "$bitsAllSet":
    case "$bitsAnySet":
    case "$bitsAllClear":
    case "$bitsAnyClear":
    case "$geoWithin":
    case "$geoIntersects":
    case "$near":
    case "$nearSphere":
      throw notImplemented(name);
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

// Only values of the operand's type are compared; null bounds (with equality) also take what is missing.
function ordered(operand: unknown, accepts: (order: number) => boolean): ValueTest {
  if (operand instanceof RegExp) throw badValue("Can't have RegEx as arg to predicate over field");
  if (operand === null || operand === undefined) return accepts(0) ? equalTo(null) : () => false;
  const rank = typeRank(operand);
  const isNaNOperand = isNumeric(operand) && Number.isNaN(toNumber(operand));
  const test = (value: unknown): boolean => {
    if (typeRank(value) !== rank)
      return rank === TypeRank.minKey || rank === TypeRank.maxKey ? acceptsExtreme(value) : false;
    if (rank === TypeRank.number && Number.isNaN(toNumber(value)) !== isNaNOperand) return false;
    return accepts(compareValues(value, operand));
  };
  const acceptsExtreme = (value: unknown) => value !== undefined && accepts(compareValues(value, operand));
  return rank === TypeRank.array ? test : elementOrWhole(test);
}

function oneOf(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw badValue("$in needs an array");
  const patterns = operand.filter((item) => item instanceof RegExp).map(matchesRegex);
  const keys = new Set<ValueKey>(operand.filter((item) => !(item instanceof RegExp)).map(valueKey));
  const test = elementOrWhole((value) => keys.has(valueKey(value)));
  return (value) => test(value) || patterns.some((matches) => matches(value));
}

function toRegExp(pattern: unknown, options: unknown): RegExp {
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  const flags = options ?? (pattern instanceof RegExp ? pattern.flags : "");
  if (typeof source !== "string" || typeof flags !== "string") throw badValue("$regex has to be a string");
  if (!/^[imsu]*$/.test(flags)) throw notImplemented(`the regular expression option '${flags}'`);
  try {
    return new RegExp(source, flags);
  } catch {
    throw badValue(`Regular expression is invalid: ${source}`);
  }
}

const TYPE_TESTS: Record<string, ValueTest> = {
  double: (value) => value instanceof Double || (typeof value === "number" && !isInt32(value)),
  string: (value) => typeof value === "string",
  object: (value) => typeRank(value) === TypeRank.object,
  array: Array.isArray,
  binData: (value) => value instanceof Binary,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === "boolean",
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => value instanceof RegExp,
  int: (value) => typeof value === "number" && isInt32(value),
  timestamp: (value) => value instanceof Timestamp,
  long: (value) => value instanceof Long,
  decimal: (value) => value instanceof Decimal128,
  number: isNumeric,
};
const TYPE_NUMBERS: Record<number, string> = {
  1: "double",
  2: "string",
  3: "object",
  4: "array",
  5: "binData",
  7: "objectId",
  8: "bool",
  9: "date",
  10: "null",
  11: "regex",
  16: "int",
  17: "timestamp",
  18: "long",
  19: "decimal",
};

function hasType(operand: unknown): ValueTest {
  const tests = (Array.isArray(operand) ? operand : [operand]).map((wanted) => {
    const name = typeof wanted === "string" ? wanted : (TYPE_NUMBERS[toNumber(wanted)] ?? String(wanted));
    const test = TYPE_TESTS[name];
    if (!test) throw badValue(`Unknown type name alias: ${name}`);
    return test;
  });
  return elementOrWhole((value) => value !== undefined && tests.some((test) => test(value)));
}

function hasSize(operand: unknown): ValueTest {
  const size = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size) || size < 0) throw badValue("Failed to parse $size. Expected a non-negative integer");
  return (value) => Array.isArray(value) && value.length === size;
}

function modulo(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumeric)) {
    throw badValue("malformed mod, needs to be an array of two numbers");
  }
  const [divisor, remainder] = operand.map((part) => Math.trunc(toNumber(part))) as [number, number];
  if (divisor === 0) throw badValue("divisor cannot be 0");
  return elementOrWhole((value) => isNumeric(value) && Math.trunc(toNumber(value)) % divisor === remainder);
}
