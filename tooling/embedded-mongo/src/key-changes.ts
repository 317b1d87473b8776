import type { IndexKey } from "./index-keys.ts";
import { isArrayIndex } from "./paths.ts";
import { compareKeys, keysOf, type SecondaryIndex } from "./secondary-index.ts";
import type { Doc } from "./values.ts";

/** What an update takes out of an index and puts in. */
export interface KeyChanges {
  removed: IndexKey[];
  added: IndexKey[];
}

/** The difference that an update makes to a document's keys in one index. */
export function keyChanges(index: SecondaryIndex, before: Doc, after: Doc): KeyChanges {
  const field = changedArray(index, before, after);
  if (field === undefined) return difference(index, keysOf(index, before), keysOf(index, after));
  return arrayKeyChanges(index, field, before, after);
}

// A long array that gains or loses an element shares the others with its former self: only those that differ are
// looked at. Not for partial and sparse indexes, nor for paths that name an element by its number.
function changedArray({ paths, spec }: SecondaryIndex, before: Doc, after: Doc): string | undefined {
  if (spec.partialFilterExpression || spec.sparse) return undefined;
  const changed = new Set(paths.map(([field]) => field as string).filter((field) => before[field] !== after[field]));
  const [field] = changed;
  if (field === undefined || changed.size > 1 || !Array.isArray(before[field]) || !Array.isArray(after[field]))
    return undefined;
  return paths.some((path) => path[0] === field && isArrayIndex(path[1] ?? "")) ? undefined : field;
}

function arrayKeyChanges(index: SecondaryIndex, field: string, before: Doc, after: Doc): KeyChanges {
  const [old, now] = [before[field] as unknown[], after[field] as unknown[]];
  const gone = keysOfElements(index, field, before, without(old, now));
  const added = keysOfElements(index, field, after, without(now, old));
  if (gone.length === 0) return { removed: [], added };
  // An element that stays, or comes, may have an equal key.
  const stays = now.length > 0 ? now.flatMap((element) => keysOfElements(index, field, after, [element])) : added;
  const removed = gone.filter((key) => !stays.some((other) => compareKeys(key, other, index.directions) === 0));
  return { removed, added };
}

function keysOfElements(index: SecondaryIndex, field: string, doc: Doc, elements: unknown[]): IndexKey[] {
  if (elements.length === 0 && (doc[field] as unknown[]).length > 0) return [];
  return keysOf(index, { ...doc, [field]: elements });
}

function without(elements: unknown[], others: unknown[]): unknown[] {
  const set = new Set(others);
  return elements.filter((element) => !set.has(element));
}

/** Keys of the one list that the other lacks; both lists are in the index's order, as `keysOf` gives them. */
function difference({ directions }: SecondaryIndex, before: IndexKey[], after: IndexKey[]): KeyChanges {
  const removed: IndexKey[] = [];
  const added: IndexKey[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [a, b] = [before[i], after[j]];
    const order = a === undefined ? 1 : b === undefined ? -1 : compareKeys(a, b, directions);
    if (order < 0) removed.push(a as IndexKey);
    else if (order > 0) added.push(b as IndexKey);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return { removed, added };
}
