import { compareValues } from "./compare.ts";
import type { Change } from "./document-change.ts";
import { badValue } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { parseSort, sortKey } from "./sort.ts";
import { type Doc, isDoc } from "./values.ts";

interface PushOptions {
  each: unknown[];
  position: number | undefined;
  slice: number | undefined;
  compare: ((a: unknown, b: unknown) => number) | undefined;
}

/** `$push`, alone or with `$each`, `$position`, `$sort` and `$slice`. Throws 2 for malformed modifiers. */
export function pushChange(operand: unknown, path: string): Change {
  const options = parsePush(operand);
  return (current) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(`The field '${path}' must be an array but is of another type`);
    }
    if (current && options.each.length === 0 && !options.compare && options.slice === undefined) return current;
    return pushed(current ?? [], options);
  };
}

function pushed(current: unknown[], { each, position, slice, compare }: PushOptions): unknown[] {
  const at = position ?? current.length;
  const array = current.toSpliced(at, 0, ...each);
  if (compare) array.sort(compare);
  if (slice === undefined) return array;
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
}

function parsePush(operand: unknown): PushOptions {
  if (!isDoc(operand) || !("$each" in operand)) {
    return { each: [operand], position: undefined, slice: undefined, compare: undefined };
  }
  const { $each: each, $position: position, $slice: slice, $sort: sort, ...unknown } = operand;
  const [stranger] = Object.keys(unknown);
  if (stranger) throw badValue(`Unrecognized clause in $push: ${stranger}`);
  if (!Array.isArray(each)) throw badValue("The argument to $each in $push must be an array");
  return { each, position: integer("$position", position), slice: integer("$slice", slice), compare: pushOrder(sort) };
}

function integer(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!isNumeric(value) || !Number.isInteger(toNumber(value)))
    throw badValue(`The value for ${name} must be an integer value`);
  return toNumber(value);
}

function pushOrder(sort: unknown): PushOptions["compare"] {
  if (sort === undefined) return undefined;
  if (isNumeric(sort)) {
    const direction = toNumber(sort);
    if (Math.abs(direction) !== 1) throw badValue("The $sort element value must be either 1 or -1");
    return (a, b) => compareValues(a, b) * direction;
  }
  const fields = parseSort(sort);
  const keyOf = (element: unknown): Doc => (isDoc(element) ? element : {});
  return (a, b) => {
    for (const field of fields) {
      const order = compareValues(sortKey(keyOf(a), field), sortKey(keyOf(b), field)) * field.direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}
