import { badValue, MongoError } from "./mongo-error.ts";
import { type Doc, isDoc } from "./values.ts";

export type Path = readonly string[];

const known = new Map<string, Path>();

/** The parts of a dotted path. Throws 2 or 56 for paths that MongoDB (or JavaScript) cannot have. */
export function splitPath(path: string): Path {
  let parts = known.get(path);
  if (parts) return parts;
  parts = path.split(".");
  if (parts.includes("__proto__")) throw badValue("a field cannot be named '__proto__'");
  if (parts.includes("")) throw new MongoError(56, "EmptyFieldName", `The path '${path}' contains an empty field name`);
  if (known.size > 10_000) known.clear();
  known.set(path, parts);
  return parts;
}

export const isArrayIndex = (part: string): boolean => /^(0|[1-9]\d{0,6})$/.test(part);

/** A document's own field; documents hold no functions, so what is inherited from Object reads as missing. */
export function fieldOf(doc: Doc, name: string): unknown {
  const value = doc[name];
  return typeof value === "function" ? undefined : value;
}

/**
 * Whether some value at the path satisfies the test, walking into the documents of arrays as MongoDB's queries do.
 * A missing value is tested as undefined; arrays at the end of the path are tested whole.
 */
export function someAtPath(value: unknown, path: Path, test: (value: unknown) => boolean, from = 0): boolean {
  if (from === path.length) return test(value);
  const part = path[from] as string;
  if (Array.isArray(value)) return someInArray(value, path, test, from);
  return isDoc(value) ? someAtPath(fieldOf(value, part), path, test, from + 1) : test(undefined);
}

function someInArray(array: unknown[], path: Path, test: (value: unknown) => boolean, from: number): boolean {
  const part = path[from] as string;
  if (isArrayIndex(part) && Number(part) < array.length) {
    if (someAtPath(array[Number(part)], path, test, from + 1)) return true;
  }
  return array.some((element) => isDoc(element) && someAtPath(element, path, test, from));
}

/** Every value at the path, missing ones left out, arrays at its end opened: what `distinct` and indexes see. */
export function valuesAtPath(doc: Doc, path: Path): unknown[] {
  const values: unknown[] = [];
  someAtPath(doc, path, (value) => {
    if (Array.isArray(value)) values.push(...value);
    else if (value !== undefined) values.push(value);
    return false;
  });
  return values;
}

/** The value at a path of document fields and array indexes, without spreading over arrays. */
export function valueAt(doc: unknown, path: Path): unknown {
  let value = doc;
  for (const part of path) {
    if (Array.isArray(value)) value = isArrayIndex(part) ? value[Number(part)] : undefined;
    else value = isDoc(value) ? fieldOf(value, part) : undefined;
  }
  return value;
}
