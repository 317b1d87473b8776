import { compareValues } from "./compare.ts";
import { badValue } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { fieldOf, type Path, someAtPath, splitPath } from "./paths.ts";
import { type Doc, isDoc } from "./values.ts";

export interface SortField {
  field: string;
  path: Path;
  direction: 1 | -1;
}

/** Reads a sort specification. Throws 2 unless every direction is 1 or -1. */
export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw badValue("sort must be a document");
  return Object.entries(sort).map(([field, direction]) => {
    const number = isNumeric(direction) ? toNumber(direction) : 0;
    if (number !== 1 && number !== -1)
      throw badValue("$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    return { field, path: splitPath(field), direction: number };
  });
}

/** What a document is sorted by: of an array its smallest (or, descending, largest) element; null when missing. */
export function sortKey(doc: Doc, { path, direction }: SortField): unknown {
  if (path.length === 1) {
    const value = fieldOf(doc, path[0] as string);
    if (!Array.isArray(value)) return value ?? null;
  }
  let best: unknown;
  let found = false;
  const offer = (value: unknown) => {
    if (!found || compareValues(value, best) * direction < 0) best = value;
    found = true;
    return false;
  };
  someAtPath(doc, path, (value) => {
    if (!Array.isArray(value)) return offer(value ?? null);
    return value.length === 0 ? offer(undefined) : value.some(offer);
  });
  return found ? best : null;
}

interface Keyed<Item> {
  item: Item;
  keys: unknown[];
}

/** Collects items and gives them back sorted, ties in order of arrival; with a limit it never holds many more. */
export function createSorter<Item>(fields: SortField[], docOf: (item: Item) => Doc, limit = Number.POSITIVE_INFINITY) {
  const capacity = Math.max(limit * 2, 1024);
  let held: Keyed<Item>[] = [];
  const compare = (a: Keyed<Item>, b: Keyed<Item>): number => {
    for (let i = 0; i < fields.length; i++) {
      const order = compareValues(a.keys[i], b.keys[i]);
      if (order !== 0) return order * (fields[i] as SortField).direction;
    }
    return 0;
  };
  const settle = () => {
    held.sort(compare);
    if (held.length > limit) held = held.slice(0, limit);
  };
  return {
    add(item: Item): void {
      held.push({ item, keys: fields.map((field) => sortKey(docOf(item), field)) });
      if (held.length > capacity) settle();
    },
    sorted(): Item[] {
      settle();
      return held.map(({ item }) => item);
    },
  };
}
