import { createHash } from "node:crypto";
import type { AnyBulkWriteOperation, Collection } from "mongodb";
import type { Catalogue } from "../domain/read-catalogue.ts";
import {
  type CategoryDocument,
  type Collections,
  isDuplicateKey,
  type ProductDocument,
  type StockDocument,
} from "./mongo.ts";

export type ImportStore = ReturnType<typeof createImportStore>;

const BATCH = 500;

/** Writes a catalogue, in batches; repeating it writes nothing. */
export function createImportStore({ products, categories, stock }: Collections) {
  const insertMissing = async (batch: Catalogue["stock"], location: string): Promise<number> => {
    const skus = batch.map(({ sku }) => sku);
    const existing = await stock.find({ location, sku: { $in: skus } }, { projection: { sku: 1 } }).toArray();
    const known = new Set(existing.map(({ sku }) => sku));
    const missing = batch.filter(({ sku }) => !known.has(sku));
    if (missing.length === 0) return 0;
    return (await stock.bulkWrite(missing.map((line) => newStock(line, location)))).upsertedCount;
  };

  return {
    /** Writes what differs from what is there. How many documents that were. */
    async importProducts(imported: Catalogue["products"]): Promise<number> {
      return upsertChanged<ProductDocument>(products, imported);
    },

    async importCategories(imported: Catalogue["categories"]): Promise<number> {
      return upsertChanged<CategoryDocument>(categories, imported);
    },

    /** Gives SKUs without stock theirs; stock that exists stays as it is. */
    async importStock(imported: Catalogue["stock"], location: string): Promise<number> {
      let inserted = 0;
      for (const batch of chunks(imported, BATCH)) {
        inserted += await againOnDuplicate(() => insertMissing(batch, location));
      }
      return inserted;
    },
  };
}

function newStock({ sku, onHand }: Catalogue["stock"][number], location: string): AnyBulkWriteOperation<StockDocument> {
  const empty = { holds: [], sales: [], returns: [] };
  return {
    updateOne: {
      filter: { sku, location },
      update: {
        $setOnInsert: { _id: `${sku}@${location}`, onHand, available: onHand, ...empty },
        $currentDate: { updatedAt: true },
      },
      upsert: true,
    },
  };
}

interface Imported {
  _id: string;
  hash: string;
  updatedAt: Date;
}

async function upsertChanged<D extends Imported>(
  collection: Collection<D>,
  imported: readonly (Omit<D, "_id" | "hash" | "updatedAt"> & { id: string })[],
): Promise<number> {
  let written = 0;
  for (const batch of chunks(imported, BATCH)) {
    written += await againOnDuplicate(() => upsertBatch(collection, batch));
  }
  return written;
}

async function upsertBatch<D extends Imported>(
  collection: Collection<D>,
  batch: readonly (Omit<D, "_id" | "hash" | "updatedAt"> & { id: string })[],
): Promise<number> {
  const hashed = batch.map(({ id, ...content }) => ({ id, content, hash: hashOf(content) }));
  const ids = hashed.map(({ id }) => id) as never[];
  const existing = await collection.find({ _id: { $in: ids } } as never, { projection: { hash: 1 } }).toArray();
  const hashById = new Map(existing.map(({ _id, hash }) => [String(_id), hash]));
  const changed = hashed.filter(({ id, hash }) => hashById.get(id) !== hash);
  if (changed.length === 0) return 0;
  const writes = changed.map(({ id, content, hash }) => ({
    updateOne: {
      filter: { _id: id },
      update: { $set: { ...content, hash }, $currentDate: { updatedAt: true } },
      upsert: true,
    },
  }));
  await collection.bulkWrite(writes as never);
  return changed.length;
}

/** Two imports at once can both find a document missing; the slower one then finds it there. */
async function againOnDuplicate(write: () => Promise<number>): Promise<number> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return write();
  }
}

const hashOf = (content: object): string => createHash("sha256").update(JSON.stringify(content)).digest("base64url");

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
