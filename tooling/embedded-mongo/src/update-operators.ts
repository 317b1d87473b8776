import { Decimal128, Double, Long, Timestamp } from "bson";
import { compareValues, equalValues } from "./compare.ts";
import { type Change, sameBson } from "./document-change.ts";
import { badValue, failedToParse, notImplemented, typeMismatch } from "./mongo-error.ts";
import { addNumbers, type BsonNumber, isNumeric, multiplyNumbers, toNumber } from "./numbers.ts";
import { pushChange } from "./push-operator.ts";
import { compileElement } from "./query.ts";
import { valueKey } from "./value-key.ts";
import { type Doc, isDoc } from "./values.ts";

export interface UpdateOperator {
  /** Compiles the operand; throws when it is malformed. */
  change: (operand: unknown, path: string) => Change;
  /** Whether the operator makes missing fields on its path. */
  createsPath: boolean;
}

const keepEqual =
  (next: (current: unknown) => unknown): Change =>
  (current) => {
    const value = next(current);
    return sameBson(value, current) ? current : value;
  };

const arithmetic =
  (name: string, verb: string, combine: typeof addNumbers, initial: (operand: BsonNumber) => unknown) =>
  (operand: unknown, path: string): Change => {
    if (!isNumeric(operand))
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
    return keepEqual((current) => {
      if (current === undefined) return initial(operand);
      if (!isNumeric(current))
        throw typeMismatch(
          `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of another type`,
        );
      return combine(current, operand);
    });
  };

const zeroLike = (operand: BsonNumber): BsonNumber => {
  if (operand instanceof Long) return Long.ZERO;
  if (operand instanceof Decimal128) return Decimal128.fromString("0");
  return operand instanceof Double || !Number.isInteger(operand) ? new Double(0) : 0;
};

const extreme =
  (sign: number) =>
  (operand: unknown): Change =>
  (current) =>
    current === undefined || compareValues(operand, current) * sign > 0 ? operand : current;

const arrayOnly =
  (path: string, name: string, next: (array: unknown[]) => unknown[]): Change =>
  (current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) throw badValue(`Cannot apply ${name} to a non-array value at '${path}'`);
    return next(current);
  };

const removing = (path: string, name: string, goes: (element: unknown) => boolean): Change =>
  arrayOnly(path, name, (array) => {
    const rest = array.filter((element) => !goes(element));
    return rest.length === array.length ? array : rest;
  });

function pull(condition: unknown, path: string): Change {
  if (condition instanceof RegExp)
    return removing(path, "$pull", (element) => typeof element === "string" && condition.test(element));
  if (isDoc(condition)) return removing(path, "$pull", compileElement(condition));
  return removing(path, "$pull", (element) => equalValues(element, condition));
}

function pullAll(values: unknown, path: string): Change {
  if (!Array.isArray(values)) throw badValue("$pullAll requires an array argument");
  const keys = new Set(values.map(valueKey));
  return removing(path, "$pullAll", (element) => keys.has(valueKey(element)));
}

function pop(end: unknown, path: string): Change {
  const side = isNumeric(end) ? toNumber(end) : Number.NaN;
  if (side !== 1 && side !== -1) throw failedToParse("$pop expects 1 or -1");
  return arrayOnly(path, "$pop", (array) => {
    if (array.length === 0) return array;
    return side === 1 ? array.slice(0, -1) : array.slice(1);
  });
}

function addToSet(operand: unknown, path: string): Change {
  const isEach = isDoc(operand) && Object.keys(operand)[0] === "$each";
  const values = isEach ? operand.$each : [operand];
  if (!Array.isArray(values)) throw typeMismatch("The argument to $each in $addToSet must be an array");
  return (current) => {
    if (current !== undefined && !Array.isArray(current))
      throw badValue(`Cannot apply $addToSet to a non-array field. Field named '${path}' is of another type`);
    const seen = new Set((current ?? []).map(valueKey));
    const added = values.filter((value) => {
      const key = valueKey(value);
      return !seen.has(key) && seen.add(key);
    });
    return current && added.length === 0 ? current : [...(current ?? []), ...added];
  };
}

/** `$currentDate` becomes a `$set` of this when it is applied, so that the journal holds the date. */
export function currentDate(operand: unknown): Date | Timestamp {
  if (operand === true || (isDoc(operand) && operand.$type === "date")) return new Date();
  if (isDoc(operand) && operand.$type === "timestamp") return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  throw badValue("The '$type' string field is required to be 'date' or 'timestamp'");
}

const setTo = (operand: unknown): Change => keepEqual(() => operand);

export const updateOperators: Record<string, UpdateOperator> = {
  $set: { change: setTo, createsPath: true },
  $unset: { change: () => () => undefined, createsPath: false },
  $inc: { change: arithmetic("$inc", "increment", addNumbers, (operand) => operand), createsPath: true },
  $mul: { change: arithmetic("$mul", "multiply", multiplyNumbers, zeroLike), createsPath: true },
  $min: { change: extreme(-1), createsPath: true },
  $max: { change: extreme(1), createsPath: true },
  $push: { change: pushChange, createsPath: true },
  $addToSet: { change: addToSet, createsPath: true },
  $pull: { change: pull, createsPath: false },
  $pullAll: { change: pullAll, createsPath: false },
  $pop: { change: pop, createsPath: false },
};

/** Names that are read by the update itself rather than applied to a path as they are. */
export const specialOperators = new Set(["$setOnInsert", "$rename", "$currentDate"]);

export function checkOperatorName(name: string): void {
  if (name in updateOperators || specialOperators.has(name)) return;
  if (name === "$bit") throw notImplemented(name);
  throw failedToParse(
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}

/** The operand of an operator: a document of paths. Throws 9 otherwise. */
export function operandFields(name: string, operand: unknown): Doc {
  if (!isDoc(operand)) throw failedToParse(`Modifiers operate on fields but we found another type for ${name}`);
  return operand;
}
