import { calculateObjectSize, ObjectId } from "bson";
import type { IndexKey } from "./index-keys.ts";
import { alreadyExists, ID_INDEX, type IndexSpec } from "./index-spec.ts";
import { keyChanges } from "./key-changes.ts";
import { badValue, MongoError } from "./mongo-error.ts";
import {
  addKeys,
  buildIndex,
  checkUnique,
  createSecondaryIndex,
  duplicateKey,
  keysOf,
  mayDiffer,
  removeKeys,
  type SecondaryIndex,
} from "./secondary-index.ts";
import type { Slot } from "./slot.ts";
import { type ValueKey, valueKey } from "./value-key.ts";
import type { Doc } from "./values.ts";

export interface Collection {
  readonly namespace: string;
  readonly slots: Map<ValueKey, Slot>;
  readonly indexes: Map<string, SecondaryIndex>;
  /** The `_id` index in order, built when a query first wants it. */
  idOrder: SecondaryIndex | undefined;
  nextSequence: number;
}

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

export const createCollection = (namespace: string): Collection => ({
  namespace,
  slots: new Map(),
  indexes: new Map(),
  idOrder: undefined,
  nextSequence: 0,
});

/** All index specifications, the one of `_id` first. */
export const indexSpecs = ({ indexes }: Collection): IndexSpec[] => [
  ID_INDEX,
  ...[...indexes.values()].map(({ spec }) => spec),
];

const maintained = ({ indexes, idOrder }: Collection): SecondaryIndex[] =>
  idOrder ? [...indexes.values(), idOrder] : [...indexes.values()];

export const slotById = ({ slots }: Collection, id: unknown): Slot | undefined => slots.get(valueKey(id));

/** The document with `_id` first, made if missing. Throws 53 for an `_id` that MongoDB refuses. */
export function withId(doc: Doc): Doc {
  const { _id: id, ...fields } = doc;
  if (Array.isArray(id) || id instanceof RegExp)
    throw new MongoError(53, "InvalidIdField", "can't use an array or a regex for _id");
  if (id !== undefined && Object.keys(doc)[0] === "_id") return doc;
  return { _id: id === undefined ? new ObjectId() : id, ...fields };
}

/** Adds a document that has its `_id`. Throws 11000 for a duplicate key and 10334 over 16 MiB. */
export function insertDocument(collection: Collection, doc: Doc, sizeBytes = calculateObjectSize(doc)): Slot {
  if (sizeBytes > MAX_DOCUMENT_BYTES) throw tooLarge(sizeBytes);
  const id = valueKey(doc._id);
  if (collection.slots.has(id)) throw duplicateKey(collection.namespace, ID_INDEX, [doc._id]);
  const slot: Slot = { sequence: collection.nextSequence++, doc, sizeBytes };
  const added = maintained(collection).map((index): [SecondaryIndex, IndexKey[]] => [index, keysOf(index, doc)]);
  for (const [index, keys] of added) checkUnique(index, keys, slot, collection.namespace);
  for (const [index, keys] of added) addKeys(index, slot, keys);
  collection.slots.set(id, slot);
  return slot;
}

/**
 * Exchanges a slot's document for its new state, which shares what did not change. `grownBytes` is an upper bound of
 * what was added. Throws 11000, leaving everything as it was, when a unique index has the new key already.
 */
export function replaceDocument(collection: Collection, slot: Slot, next: Doc, grownBytes: number): void {
  const sizeBytes = boundedSize(slot.sizeBytes + grownBytes, next);
  const before = slot.doc;
  const touched = maintained(collection).filter((index) => mayDiffer(index, before, next));
  const changes = touched.map((index) => ({ index, ...keyChanges(index, before, next) }));
  for (const { index, added } of changes) checkUnique(index, added, slot, collection.namespace);
  for (const { index, removed, added } of changes) {
    removeKeys(index, slot, removed);
    addKeys(index, slot, added);
  }
  slot.doc = next;
  slot.sizeBytes = sizeBytes;
}

// The exact size costs a walk over the document, so it is taken only when the bound passes the limit.
function boundedSize(boundBytes: number, doc: Doc): number {
  if (boundBytes <= MAX_DOCUMENT_BYTES) return boundBytes;
  const sizeBytes = calculateObjectSize(doc);
  if (sizeBytes > MAX_DOCUMENT_BYTES) throw tooLarge(sizeBytes);
  return sizeBytes;
}

const tooLarge = (sizeBytes: number) =>
  new MongoError(
    10334,
    "BSONObjectTooLarge",
    `BSONObj size: ${sizeBytes} is invalid. Size must be at most ${MAX_DOCUMENT_BYTES}`,
  );

export function removeDocument(collection: Collection, slot: Slot): void {
  for (const index of maintained(collection)) removeKeys(index, slot, keysOf(index, slot.doc));
  collection.slots.delete(valueKey(slot.doc._id));
}

/** Makes an index and fills it; false when it exists already. Throws 85, 86 or 11000. */
export function createIndex(collection: Collection, spec: IndexSpec): boolean {
  if (alreadyExists(indexSpecs(collection), spec)) return false;
  const index = createSecondaryIndex(spec);
  buildIndex(index, collection.slots.values(), collection.namespace);
  collection.indexes.set(spec.name, index);
  return true;
}

export function dropIndex(collection: Collection, name: string): void {
  if (name === "_id_") throw new MongoError(72, "InvalidOptions", "cannot drop _id index");
  if (!collection.indexes.delete(name))
    throw new MongoError(27, "IndexNotFound", `index not found with name [${name}]`);
}

/** The `_id` index in order. */
export function orderById(collection: Collection): SecondaryIndex {
  if (!collection.idOrder) {
    collection.idOrder = createSecondaryIndex(ID_INDEX);
    buildIndex(collection.idOrder, collection.slots.values(), collection.namespace);
  }
  return collection.idOrder;
}

/** Throws 2 unless the name may be a collection's. */
export function checkCollectionName(name: unknown): string {
  if (typeof name !== "string" || name === "")
    throw new MongoError(73, "InvalidNamespace", "Invalid namespace specified");
  if (name.includes("\0") || name.includes("$")) throw badValue(`Invalid collection name: ${name}`);
  return name;
}
