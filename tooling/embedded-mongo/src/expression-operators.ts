import { Decimal128 } from "bson";
import { evalExpr } from "mingo/core";
import { compareValues } from "./compare.ts";
import { MongoError, typeMismatch } from "./mongo-error.ts";
import { addNumbers, type BsonNumber, isNumeric, multiplyNumbers } from "./numbers.ts";
import type { Doc } from "./values.ts";

/** mingo's own options object (its class is not exported); `update` changes it and returns it. */
export interface MingoOptions {
  update(locals: { root: unknown; variables: Doc }): MingoOptions;
}

type Operator = (doc: unknown, args: unknown, options: MingoOptions) => unknown;

const evaluate = (doc: unknown, args: unknown, options: MingoOptions): unknown =>
  evalExpr(doc as never, args as never, options as never);

function comparison(name: string, accepts: (order: number) => unknown): Operator {
  return (doc, args, options) => {
    const values = evaluate(doc, args, options);
    if (!Array.isArray(values) || values.length !== 2) {
      throw new MongoError(16020, "Location16020", `Expression ${name} takes exactly 2 arguments`);
    }
    return accepts(compareValues(values[0], values[1]));
  };
}

const isNil = (value: unknown): boolean => value === null || value === undefined;

function fold(name: string, initial: number, combine: (a: BsonNumber, b: BsonNumber) => BsonNumber): Operator {
  return (doc, args, options) => {
    const evaluated = evaluate(doc, args, options);
    const values = Array.isArray(evaluated) ? evaluated : [evaluated];
    if (values.some(isNil)) return null;
    const date = values.find((value) => value instanceof Date);
    const numbers = values.map((value) => (value instanceof Date ? value.getTime() : value));
    if (
      !numbers.every(isNumeric) ||
      (date && (name !== "$add" || values.filter((v) => v instanceof Date).length > 1))
    ) {
      throw typeMismatch(`${name} only supports numeric or date types`);
    }
    const total = numbers.reduce(combine, initial as BsonNumber);
    return date ? new Date(Number(total)) : total;
  };
}

const subtract: Operator = (doc, args, options) => {
  const [a, b] = evaluate(doc, args, options) as [unknown, unknown];
  if (isNil(a) || isNil(b)) return null;
  if (a instanceof Date) return b instanceof Date ? a.getTime() - b.getTime() : new Date(a.getTime() - Number(b));
  if (!isNumeric(a) || !isNumeric(b)) throw typeMismatch("can't $subtract these types");
  return addNumbers(a, multiplyNumbers(b, b instanceof Decimal128 ? Decimal128.fromString("-1") : -1));
};

/** Comparisons in MongoDB's order of all types, and arithmetic that keeps int64 and decimals exact. */
export const exactOperators: Record<string, Operator> = {
  $eq: comparison("$eq", (order) => order === 0),
  $ne: comparison("$ne", (order) => order !== 0),
  $gt: comparison("$gt", (order) => order > 0),
  $gte: comparison("$gte", (order) => order >= 0),
  $lt: comparison("$lt", (order) => order < 0),
  $lte: comparison("$lte", (order) => order <= 0),
  $cmp: comparison("$cmp", Math.sign),
  $add: fold("$add", 0, addNumbers),
  $multiply: fold("$multiply", 1, multiplyNumbers),
  $subtract: subtract,
};
