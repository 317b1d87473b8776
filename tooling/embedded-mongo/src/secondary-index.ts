import { EJSON } from "bson";
import { compareValues, TypeRank, typeRank } from "./compare.ts";
import { type IndexKey, indexKeys } from "./index-keys.ts";
import type { IndexSpec } from "./index-spec.ts";
import { MongoError } from "./mongo-error.ts";
import {
  createOrderedEntries,
  deleteEntry,
  fillEntries,
  insertEntry,
  type OrderedEntries,
  positionOf,
  scanBetween,
} from "./ordered-entries.ts";
import { type Path, splitPath, valueAt } from "./paths.ts";
import { compileFilter, type Predicate } from "./query.ts";
import type { Slot } from "./slot.ts";
import type { Doc } from "./values.ts";

export interface Entry {
  key: IndexKey;
  slot: Slot;
}

/** An ordered index over one or more paths, like one of MongoDB's B-trees. */
export interface SecondaryIndex {
  spec: IndexSpec;
  fields: string[];
  paths: Path[];
  directions: number[];
  /** Per field, whether any document ever had an array on its path. */
  multikey: boolean[];
  covers: Predicate;
  entries: OrderedEntries<Entry>;
}

export function createSecondaryIndex(spec: IndexSpec): SecondaryIndex {
  const fields = Object.keys(spec.key);
  const directions = fields.map((field) => spec.key[field] as number);
  return {
    spec,
    fields,
    paths: fields.map(splitPath),
    directions,
    multikey: fields.map(() => false),
    covers: spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : () => true,
    entries: createOrderedEntries((a, b) => compareKeys(a.key, b.key, directions) || a.slot.sequence - b.slot.sequence),
  };
}

/** Compares keys on as many fields as the second has, each in its field's direction. */
export function compareKeys(a: IndexKey, b: IndexKey, directions: number[]): number {
  for (let i = 0; i < b.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order * (directions[i] as number);
  }
  return 0;
}

export function keysOf(index: SecondaryIndex, doc: Doc): IndexKey[] {
  if (!index.covers(doc)) return [];
  if (index.spec.sparse && index.paths.every((path) => isMissing(doc, path))) return [];
  const keys = indexKeys(doc, index.paths, index.multikey);
  return keys.length > 1 ? distinctKeys(keys, index.directions) : keys;
}

const isMissing = (doc: Doc, path: Path): boolean =>
  indexKeys(doc, [path], [false]).every(([value]) => value === null) && valueAt(doc, path) === undefined;

function distinctKeys(keys: IndexKey[], directions: number[]): IndexKey[] {
  const sorted = keys.toSorted((a, b) => compareKeys(a, b, directions));
  return sorted.filter((key, i) => i === 0 || compareKeys(key, sorted[i - 1] as IndexKey, directions) !== 0);
}

/** Throws 11000 when another document than `self` has one of the keys of a unique index. */
export function checkUnique(index: SecondaryIndex, keys: IndexKey[], self: Slot | undefined, namespace: string): void {
  if (!index.spec.unique) return;
  const { entries, directions } = index;
  for (const key of keys) {
    const from = positionOf(entries, (entry) => compareKeys(entry.key, key, directions) >= 0);
    const to = { block: entries.blocks.length, offset: 0 };
    scanBetween(entries, from, to, false, (entry) => {
      if (compareKeys(entry.key, key, directions) !== 0) return true;
      if (entry.slot !== self) throw duplicateKey(namespace, index.spec, key);
      return false;
    });
  }
}

export function duplicateKey(namespace: string, spec: IndexSpec, key: IndexKey): MongoError {
  const keyValue = Object.fromEntries(Object.keys(spec.key).map((field, i) => [field, key[i] ?? null]));
  const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${EJSON.stringify(value)}`);
  const message = `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: { ${shown.join(", ")} }`;
  return new MongoError(11000, "DuplicateKey", message, { keyPattern: spec.key, keyValue });
}

/** Whether an update may have changed the document's keys; documents share what an update leaves alone. */
export const mayDiffer = ({ paths, spec }: SecondaryIndex, before: Doc, after: Doc): boolean =>
  spec.partialFilterExpression !== undefined ||
  paths.some(([field]) => before[field as string] !== after[field as string]);

export function addKeys(index: SecondaryIndex, slot: Slot, keys: IndexKey[]): void {
  for (const key of keys) insertEntry(index.entries, { key, slot });
}

export function removeKeys(index: SecondaryIndex, slot: Slot, keys: IndexKey[]): void {
  for (const key of keys) deleteEntry(index.entries, { key, slot });
}

/** Fills a new index from all documents. Throws 11000 when a unique index finds two alike. */
export function buildIndex(index: SecondaryIndex, slots: Iterable<Slot>, namespace: string): void {
  const entries: Entry[] = [];
  for (const slot of slots) for (const key of keysOf(index, slot.doc)) entries.push({ key, slot });
  fillEntries(index.entries, entries);
  if (!index.spec.unique) return;
  for (const [i, entry] of entries.entries()) {
    const previous = entries[i - 1];
    if (previous && previous.slot !== entry.slot && compareKeys(entry.key, previous.key, index.directions) === 0) {
      throw duplicateKey(namespace, index.spec, entry.key);
    }
  }
}

/** An index key that no query for non-null values can mean. */
export const isNullish = (value: unknown): boolean => typeRank(value) <= TypeRank.null;
