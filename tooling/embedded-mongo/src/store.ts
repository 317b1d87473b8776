import { serialize } from "bson";
import {
  type Collection,
  checkCollectionName,
  createCollection,
  createIndex,
  dropIndex,
  insertDocument,
  removeDocument,
  replaceDocument,
  slotById,
  withId,
} from "./collection.ts";
import { type Cursors, createCursors } from "./cursors.ts";
import { encodeRecord, type JournalRecord } from "./journal-records.ts";
import { createRetryableWrites, type RetryableWrites, recordStatement, statementRecords } from "./retryable-writes.ts";
import { applySteps, type UpdateStep } from "./update.ts";
import type { Doc } from "./values.ts";

/** Takes each change as it is made; `null` keeps everything in memory only. */
export type AppendRecord = (record: Uint8Array) => void;

export interface Store {
  databases: Map<string, Map<string, Collection>>;
  cursors: Cursors;
  retryableWrites: RetryableWrites;
  append: AppendRecord | null;
}

export const createStore = (): Store => ({
  databases: new Map(),
  cursors: createCursors(),
  retryableWrites: createRetryableWrites(),
  append: null,
});

export const findCollection = (store: Store, database: string, name: unknown): Collection | undefined =>
  store.databases.get(database)?.get(checkCollectionName(name));

/** The collection, or a new one that is in no database until `keepCollection`. */
export const collectionFor = (store: Store, database: string, name: unknown): Collection =>
  findCollection(store, database, name) ?? createCollection(`${database}.${name}`);

/** Puts a new collection into its database: writes do when they make their first document. */
export function keepCollection(store: Store, collection: Collection): void {
  const [database, name] = splitNamespace(collection.namespace);
  let collections = store.databases.get(database);
  if (!collections) {
    collections = new Map();
    store.databases.set(database, collections);
  }
  collections.set(name, collection);
}

/** The collection, made when it isn't there. */
export function ensureCollection(store: Store, database: string, name: unknown): Collection {
  const collection = collectionFor(store, database, name);
  keepCollection(store, collection);
  return collection;
}

export function dropCollection(store: Store, namespace: string): void {
  const [database, name] = splitNamespace(namespace);
  const collections = store.databases.get(database);
  collections?.delete(name);
  if (collections?.size === 0) store.databases.delete(database);
}

export function splitNamespace(namespace: string): [database: string, collection: string] {
  const dot = namespace.indexOf(".");
  return [namespace.slice(0, dot), namespace.slice(dot + 1)];
}

/** Writes a change to the journal, if there is one. */
export function record(store: Store, change: JournalRecord): void {
  store.append?.(encodeRecord(change));
}

/** Does again what a journal record says was done. */
export function applyRecord(store: Store, change: JournalRecord, sizeBytes: number): void {
  if ("session" in change) recordStatement(store.retryableWrites, change);
  else if ("drop" in change) dropCollection(store, change.n);
  else applyToCollection(store, change, sizeBytes);
}

type CollectionRecord = Exclude<JournalRecord, { session: string } | { drop: true }>;

function applyToCollection(store: Store, change: CollectionRecord, sizeBytes: number): void {
  const collection = ensureCollection(store, ...splitNamespace(change.n));
  if ("put" in change) putDocument(collection, withId(change.put), sizeBytes);
  else if ("steps" in change) patchDocument(collection, change.id, change.steps, sizeBytes);
  else if ("remove" in change) removeById(collection, change.remove);
  else if ("index" in change) createIndex(collection, change.index);
  else if ("dropIndex" in change) dropIndex(collection, change.dropIndex);
}

function putDocument(collection: Collection, doc: Doc, sizeBytes: number): void {
  const slot = slotById(collection, doc._id);
  if (slot) replaceDocument(collection, slot, doc, sizeBytes);
  else insertDocument(collection, doc, sizeBytes);
}

function patchDocument(collection: Collection, id: unknown, steps: UpdateStep[], sizeBytes: number): void {
  const slot = slotById(collection, id);
  if (!slot) throw new Error(`the journal changes a document that isn't there, in ${collection.namespace}`);
  replaceDocument(collection, slot, applySteps(slot.doc, steps), sizeBytes);
}

function removeById(collection: Collection, id: unknown): void {
  const slot = slotById(collection, id);
  if (slot) removeDocument(collection, slot);
}

/** An upper bound of what all documents take as BSON. */
export function storedBytes(store: Store): number {
  let bytes = 0;
  for (const collections of store.databases.values()) {
    for (const { slots } of collections.values()) for (const slot of slots.values()) bytes += slot.sizeBytes;
  }
  return bytes;
}

/** Records that rebuild the store as it is now, made as they are asked for while the store goes on changing. */
export function snapshotRecords(store: Store): Iterable<Uint8Array> {
  const collections = [...store.databases.values()].flatMap((named) => [...named.values()]);
  const parts = collections.map((collection) => ({
    n: collection.namespace,
    docs: [...collection.slots.values()].map(({ doc }) => doc),
    specs: [...collection.indexes.values()].map(({ spec }) => spec),
  }));
  const statements = statementRecords(store.retryableWrites);
  return (function* () {
    for (const { n, docs, specs } of parts) {
      yield encodeRecord({ n, create: true });
      for (const put of docs) yield serialize({ n, put });
      for (const index of specs) yield encodeRecord({ n, index });
    }
    for (const statement of statements) yield encodeRecord(statement);
  })();
}
