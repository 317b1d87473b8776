import { Decimal128 } from "bson";
import { compareValues } from "./compare.ts";
import { compileExpression } from "./expressions.ts";
import { MongoError } from "./mongo-error.ts";
import { addNumbers, asDouble, type BsonNumber, isNumeric, toNumber } from "./numbers.ts";
import { valueKey } from "./value-key.ts";
import { type Doc, isDoc } from "./values.ts";

/** Gathers one field of one group. */
export interface Accumulator {
  add(doc: Doc): void;
  result(): unknown;
}

type Gather = { add(value: unknown): void; result(): unknown };

const total = (): Gather => {
  let sum: BsonNumber = 0;
  return {
    add(value) {
      if (isNumeric(value)) sum = addNumbers(sum, value);
    },
    result: () => sum,
  };
};

const average = (): Gather => {
  const sum = total();
  let count = 0;
  return {
    add(value) {
      if (!isNumeric(value)) return;
      sum.add(value);
      count += 1;
    },
    result() {
      const value = sum.result();
      if (count === 0) return null;
      if (value instanceof Decimal128)
        throw new MongoError(238, "NotImplemented", "$avg of decimals is not supported by the embedded MongoDB server");
      return asDouble(toNumber(value) / count);
    },
  };
};

const extreme = (sign: number) => (): Gather => {
  let best: unknown;
  return {
    add(value) {
      if (value === null || value === undefined) return;
      if (best === undefined || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => best ?? null,
  };
};

const first = (): Gather => {
  let seen = false;
  let kept: unknown;
  return {
    add(value) {
      if (!seen) kept = value;
      seen = true;
    },
    result: () => kept ?? null,
  };
};

const last = (): Gather => {
  let kept: unknown;
  return {
    add(value) {
      kept = value;
    },
    result: () => kept ?? null,
  };
};

const push = (): Gather => {
  const values: unknown[] = [];
  return {
    add(value) {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
};

const addToSet = (): Gather => {
  const values = new Map<unknown, unknown>();
  return {
    add(value) {
      if (value !== undefined && !values.has(valueKey(value))) values.set(valueKey(value), value);
    },
    result: () => [...values.values()],
  };
};

const mergeObjects = (): Gather => {
  let merged: Doc = {};
  return {
    add(value) {
      if (isDoc(value)) merged = { ...merged, ...value };
    },
    result: () => merged,
  };
};

const kinds: Record<string, () => Gather> = {
  $sum: total,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
};

/** Compiles a field of `$group`, such as `{ $sum: "$price" }`. Throws 15952 for an accumulator that isn't known. */
export function compileAccumulator(field: string, spec: unknown, variables: Doc): () => Accumulator {
  const [operator = "", ...others] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || others.length > 0 || !operator.startsWith("$")) {
    throw new MongoError(40234, "Location40234", `The field '${field}' must be an accumulator object`);
  }
  if (operator === "$count") return countAccumulator;
  const kind = kinds[operator];
  if (!kind) throw new MongoError(15952, "Location15952", `unknown group operator '${operator}'`);
  const evaluate = compileExpression(spec[operator], variables);
  return () => {
    const gather = kind();
    return { add: (doc) => gather.add(evaluate(doc)), result: gather.result };
  };
}

function countAccumulator(): Accumulator {
  let count = 0;
  return {
    add() {
      count += 1;
    },
    result: () => count,
  };
}
