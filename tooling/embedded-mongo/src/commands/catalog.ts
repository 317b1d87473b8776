import { createIndex, dropIndex, indexSpecs } from "../collection.ts";
import { equalValues } from "../compare.ts";
import { openCursor } from "../cursors.ts";
import { ID_INDEX, parseIndexSpec } from "../index-spec.ts";
import { badValue, MongoError, namespaceNotFound } from "../mongo-error.ts";
import { compileFilter } from "../query.ts";
import { dropCollection, ensureCollection, findCollection, record, type Store } from "../store.ts";
import { type Doc, isDoc } from "../values.ts";
import { type CommandContext, type CommandHandler, documentField, listField } from "./command.ts";

const ALL = Number.POSITIVE_INFINITY;

function create({ store, database, command }: CommandContext): Doc {
  if (findCollection(store, database, command.create)) {
    throw new MongoError(48, "NamespaceExists", `Collection ${database}.${command.create} already exists.`);
  }
  const { namespace } = ensureCollection(store, database, command.create);
  record(store, { n: namespace, create: true });
  return { ok: 1 };
}

function drop({ store, database, command }: CommandContext): Doc {
  const collection = findCollection(store, database, command.drop);
  if (!collection) return { ok: 1 };
  removeCollection(store, collection.namespace);
  return { nIndexesWas: collection.indexes.size + 1, ns: collection.namespace, ok: 1 };
}

function removeCollection(store: Store, namespace: string): void {
  dropCollection(store, namespace);
  record(store, { n: namespace, drop: true });
}

function dropDatabase({ store, database }: CommandContext): Doc {
  const collections = [...(store.databases.get(database)?.values() ?? [])];
  for (const { namespace } of collections) removeCollection(store, namespace);
  return collections.length > 0 ? { dropped: database, ok: 1 } : { ok: 1 };
}

function listCollections({ store, database, command }: CommandContext): Doc {
  const matches = compileFilter(documentField(command, "filter"));
  const docs = [...(store.databases.get(database)?.keys() ?? [])]
    .map((name): Doc => ({ name, type: "collection", options: {}, info: { readOnly: false }, idIndex: ID_INDEX }))
    .filter(matches)
    .map((doc) => (command.nameOnly === true ? { name: doc.name, type: doc.type } : doc));
  return openCursor(store.cursors, { namespace: `${database}.$cmd.listCollections`, docs }, ALL);
}

function listDatabases({ store, command }: CommandContext): Doc {
  const matches = compileFilter(documentField(command, "filter"));
  const databases = [...store.databases]
    .map(([name, collections]): Doc => ({ name, sizeOnDisk: bytesIn(collections.values()), empty: false }))
    .filter(matches);
  if (command.nameOnly === true) return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
  return { databases, totalSize: databases.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk), 0), ok: 1 };
}

const bytesIn = (collections: Iterable<{ slots: Map<unknown, { sizeBytes: number }> }>): number =>
  [...collections].reduce(
    (sum, { slots }) => [...slots.values()].reduce((bytes, slot) => bytes + slot.sizeBytes, sum),
    0,
  );

function createIndexes({ store, database, command }: CommandContext): Doc {
  const existed = findCollection(store, database, command.createIndexes) !== undefined;
  const specs = listField(command, "indexes").map(parseIndexSpec);
  const collection = ensureCollection(store, database, command.createIndexes);
  const numIndexesBefore = collection.indexes.size + 1;
  for (const index of specs) if (createIndex(collection, index)) record(store, { n: collection.namespace, index });
  const numIndexesAfter = collection.indexes.size + 1;
  return {
    numIndexesBefore,
    numIndexesAfter,
    createdCollectionAutomatically: !existed,
    ...(numIndexesAfter === numIndexesBefore && { note: "all indexes already exist" }),
    ok: 1,
  };
}

function listIndexes({ store, database, command }: CommandContext): Doc {
  const collection = findCollection(store, database, command.listIndexes);
  if (!collection) throw namespaceNotFound(`${database}.${command.listIndexes}`);
  const docs = indexSpecs(collection).map((spec): Doc => ({ ...spec }));
  return openCursor(store.cursors, { namespace: collection.namespace, docs }, ALL);
}

function dropIndexes({ store, database, command }: CommandContext): Doc {
  const collection = findCollection(store, database, command.dropIndexes);
  if (!collection) throw namespaceNotFound(`${database}.${command.dropIndexes}`);
  const nIndexesWas = collection.indexes.size + 1;
  const names = [...collection.indexes.keys()];
  for (const name of indexNames(command.index, names, indexSpecs(collection))) {
    dropIndex(collection, name);
    record(store, { n: collection.namespace, dropIndex: name });
  }
  return { nIndexesWas, ok: 1 };
}

function indexNames(wanted: unknown, names: string[], specs: ReturnType<typeof indexSpecs>): string[] {
  if (wanted === "*") return names;
  if (typeof wanted === "string") return [wanted];
  if (Array.isArray(wanted)) return wanted.map(String);
  if (!isDoc(wanted)) throw badValue("dropIndexes needs a name, a list of names or a key pattern");
  const spec = specs.find(({ key }) => equalValues(key, wanted));
  if (!spec) throw new MongoError(27, "IndexNotFound", `can't find index with key: ${JSON.stringify(wanted)}`);
  return [spec.name];
}

/** Commands about databases, collections and indexes. */
export const catalogCommands: Record<string, CommandHandler> = {
  create: { fields: [], run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  listCollections: { fields: ["filter", "nameOnly", "authorizedCollections", "cursor"], run: listCollections },
  listDatabases: { fields: ["filter", "nameOnly", "authorizedDatabases"], run: listDatabases },
  createIndexes: { fields: ["indexes", "commitQuorum"], run: createIndexes },
  listIndexes: { fields: ["cursor"], run: listIndexes },
  dropIndexes: { fields: ["index"], run: dropIndexes },
  deleteIndexes: { fields: ["index"], run: dropIndexes },
};
