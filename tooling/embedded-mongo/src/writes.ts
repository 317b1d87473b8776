import { calculateObjectSize, ObjectId } from "bson";
import { type Collection, insertDocument, removeDocument, replaceDocument, withId } from "./collection.ts";
import { sameBson } from "./document-change.ts";
import { encodePut } from "./journal-records.ts";
import { failedToParse } from "./mongo-error.ts";
import { selectSlots } from "./selection.ts";
import type { Slot } from "./slot.ts";
import type { SortField } from "./sort.ts";
import { keepCollection, record, type Store } from "./store.ts";
import { applySteps, parseUpdate, replacementFor, stepsFor, type Update, upsertSeed } from "./update.ts";
import { type Doc, decodeDocument } from "./values.ts";

export interface UpdateStatement {
  filter: Doc;
  update: unknown;
  arrayFilters?: unknown;
  sort?: SortField[];
  multi: boolean;
  upsert: boolean;
}

export interface UpdateOutcome {
  matched: number;
  modified: number;
  upsertedId?: unknown;
  before: Doc | null;
  after: Doc | null;
}

/** Inserts a document that came as BSON, which goes to the journal as it is unless it lacks an `_id`. */
export function insertEncoded(store: Store, collection: Collection, bytes: Uint8Array): void {
  const doc = decodeDocument(bytes);
  const hadId = doc._id !== undefined;
  const slot = insertDocument(collection, withId(doc), bytes.length + (hadId ? 0 : 17));
  keepCollection(store, collection);
  if (hadId) store.append?.(encodePut(collection.namespace, bytes));
  else record(store, { n: collection.namespace, put: slot.doc });
}

/** Applies one update statement to what it matches, or upserts. Each document changes completely or not at all. */
export function updateDocuments(store: Store, collection: Collection, statement: UpdateStatement): UpdateOutcome {
  const { filter, multi, upsert } = statement;
  const update = parseUpdate(statement.update, filter, statement.arrayFilters);
  if (multi && update.kind === "replacement")
    throw failedToParse("multi update is not supported for replacement-style update");
  const slots = selectSlots(collection, { filter, sort: statement.sort ?? [], limit: multi ? 0 : 1 });
  const [first] = slots;
  if (!first) return upsert ? upsertDocument(store, collection, filter, update) : NOTHING;
  const before = first.doc;
  let modified = 0;
  for (const slot of slots) if (updateSlot(store, collection, slot, update)) modified += 1;
  return { matched: slots.length, modified, before, after: first.doc };
}

const NOTHING: UpdateOutcome = { matched: 0, modified: 0, before: null, after: null };

function updateSlot(store: Store, collection: Collection, slot: Slot, update: Update): boolean {
  if (update.kind === "replacement") {
    const next = replacementFor(slot.doc, update.doc);
    if (sameBson(next, slot.doc)) return false;
    replaceDocument(collection, slot, next, calculateObjectSize(next));
    record(store, { n: collection.namespace, put: next });
    return true;
  }
  const steps = stepsFor(update, slot.doc, false);
  const next = applySteps(slot.doc, steps);
  if (next === slot.doc) return false;
  replaceDocument(collection, slot, next, calculateObjectSize({ steps }));
  record(store, { n: collection.namespace, id: next._id, steps });
  return true;
}

function upsertDocument(store: Store, collection: Collection, filter: Doc, update: Update): UpdateOutcome {
  const seed = upsertSeed(filter);
  const made =
    update.kind === "replacement"
      ? replacementFor({ _id: seed._id }, update.doc)
      : applySteps(seed, stepsFor(update, seed, true));
  const doc = withId(made._id === undefined ? { _id: new ObjectId(), ...made } : made);
  insertDocument(collection, doc);
  keepCollection(store, collection);
  record(store, { n: collection.namespace, put: doc });
  return { matched: 0, modified: 0, upsertedId: doc._id, before: null, after: doc };
}

/** Removes what the filter matches, at most `limit` documents (0: all), and gives them back. */
export function deleteDocuments(
  store: Store,
  collection: Collection,
  filter: Doc,
  limit: number,
  sort: SortField[] = [],
): Doc[] {
  return selectSlots(collection, { filter, sort, limit }).map((slot) => {
    removeDocument(collection, slot);
    record(store, { n: collection.namespace, remove: slot.doc._id });
    return slot.doc;
  });
}
