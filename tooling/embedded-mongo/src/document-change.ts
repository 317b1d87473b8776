import { Decimal128, Double, Long } from "bson";
import { compareValues } from "./compare.ts";
import { badValue, MongoError } from "./mongo-error.ts";
import { fieldOf, isArrayIndex, type Path } from "./paths.ts";
import { type Doc, isDoc } from "./values.ts";

/** What becomes of the value at a path: undefined removes it, the same value leaves the document as it is. */
export type Change = (current: unknown) => unknown;

const MAX_PADDING = 1_500_000;

/**
 * The document with the value at the path changed; everything off the path is shared with the original, and a change
 * to the same value gives the original itself. Missing documents on the way are made unless `createsPath` is false.
 * Throws 28 where a path cannot go on.
 */
export function changeAt(doc: Doc, path: Path, change: Change, createsPath = true): Doc {
  return changeIn(doc, path, 0, change, createsPath) as Doc;
}

function changeIn(container: unknown, path: Path, from: number, change: Change, createsPath: boolean): unknown {
  if (from === path.length) return change(container);
  const part = path[from] as string;
  if (Array.isArray(container)) return changeElement(container, path, from, change, createsPath);
  if (!isDoc(container)) {
    if (!createsPath) return container;
    if (container !== undefined) throw notViable(part, path.slice(0, from).join("."));
  }
  const doc = container ?? {};
  const current = fieldOf(doc, part);
  if (current === undefined && !createsPath && from < path.length - 1) return container;
  const next = changeIn(current, path, from + 1, change, createsPath);
  if (next === undefined) return current === undefined ? container : without(doc, part);
  return next === current ? doc : { ...doc, [part]: next };
}

function changeElement(array: unknown[], path: Path, from: number, change: Change, createsPath: boolean): unknown[] {
  const part = path[from] as string;
  if (!isArrayIndex(part)) {
    if (!createsPath) return array;
    throw notViable(part, path.slice(0, from).join("."));
  }
  const index = Number(part);
  if (index >= array.length && !createsPath) return array;
  if (index - array.length > MAX_PADDING) throw badValue("can't backfill more than 1500000 elements");
  const next = changeIn(array[index], path, from + 1, change, createsPath);
  if (next === array[index]) return array;
  const copy = array.slice();
  while (copy.length < index) copy.push(null);
  copy[index] = next === undefined ? null : next;
  return copy;
}

const notViable = (part: string, parent: string) =>
  new MongoError(28, "PathNotViable", `Cannot create field '${part}' in element {${parent}}`);

function without(doc: Doc, field: string): Doc {
  const { [field]: _, ...rest } = doc;
  return rest;
}

/** Whether two values are the same BSON, types of numbers and order of fields included. */
export function sameBson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameBson(item, b[i]));
  if (isDoc(a)) return isDoc(b) && sameFields(a, b);
  if (a.constructor !== b.constructor) return false;
  if (a instanceof Decimal128 || a instanceof Double || a instanceof Long) return String(a) === String(b);
  return compareValues(a, b) === 0;
}

function sameFields(a: Doc, b: Doc): boolean {
  const names = Object.keys(a);
  const others = Object.keys(b);
  return names.length === others.length && names.every((name, i) => name === others[i] && sameBson(a[name], b[name]));
}
