import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import { type BsonNumber, compareNumbers } from "./numbers.ts";
import { type Doc, isDoc } from "./values.ts";

/** Order of types in MongoDB's comparison; values of two types compare by this alone. */
export const TypeRank = {
  minKey: 0,
  undefined: 1,
  null: 2,
  number: 3,
  string: 4,
  object: 5,
  array: 6,
  binary: 7,
  objectId: 8,
  boolean: 9,
  date: 10,
  timestamp: 11,
  regex: 12,
  code: 14,
  maxKey: 127,
} as const;

export function typeRank(value: unknown): number {
  switch (typeof value) {
    case "number":
    case "bigint":
      return TypeRank.number;
    case "string":
      return TypeRank.string;
    case "boolean":
      return TypeRank.boolean;
    case "undefined":
      return TypeRank.undefined;
    default:
      return value === null ? TypeRank.null : rankOfObject(value as object);
  }
}

function rankOfObject(value: object): number {
  if (isDoc(value) || value instanceof DBRef) return TypeRank.object;
  if (Array.isArray(value)) return TypeRank.array;
  if (value instanceof ObjectId) return TypeRank.objectId;
  if (value instanceof Date) return TypeRank.date;
  if (value instanceof Timestamp) return TypeRank.timestamp;
  if (value instanceof Long || value instanceof Double || value instanceof Decimal128) return TypeRank.number;
  if (value instanceof Binary || value instanceof Uint8Array) return TypeRank.binary;
  if (value instanceof RegExp || value instanceof BSONRegExp) return TypeRank.regex;
  if (value instanceof BSONSymbol) return TypeRank.string;
  if (value instanceof MinKey) return TypeRank.minKey;
  if (value instanceof MaxKey) return TypeRank.maxKey;
  return value instanceof Code ? TypeRank.code : TypeRank.object;
}

/** MongoDB's total order over all values: type first, then value. Negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (typeof a === "number" && typeof b === "number") return compareNumbers(a, b);
  const rank = typeRank(a);
  return rank - typeRank(b) || compareWithinType(rank, a, b);
}

function compareWithinType(rank: number, a: unknown, b: unknown): number {
  switch (rank) {
    case TypeRank.number:
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case TypeRank.object:
      return compareObjects(a as Doc, b as Doc);
    case TypeRank.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case TypeRank.binary:
      return compareBinaries(a as Binary, b as Binary);
    case TypeRank.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case TypeRank.date:
    case TypeRank.boolean:
      return Number(a) - Number(b);
    case TypeRank.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case TypeRank.string:
    case TypeRank.regex:
    case TypeRank.code:
      return compareStrings(describe(a), describe(b));
    default:
      return 0;
  }
}

const describe = (value: unknown): string => (value instanceof Code ? value.code : String(value));

/** Order of UTF-8 bytes, which differs from JavaScript's for characters outside the basic plane. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? codePointOrder(x) - codePointOrder(y) : x - y;
  }
  return a.length - b.length;
}

// Surrogates (code points above U+FFFF) come after the private-use and compatibility units E000-FFFF.
const codePointOrder = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

function compareObjects(a: Doc, b: Doc): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const order = typeRank(a[x]) - typeRank(b[y]) || compareStrings(x, y) || compareValues(a[x], b[y]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const [x, y] = [a.value(), b.value()];
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}

export const equalValues = (a: unknown, b: unknown): boolean => a === b || compareValues(a, b) === 0;
