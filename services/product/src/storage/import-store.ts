import { createHash } from "node:crypto";
import type { AnyBulkWriteOperation, Collection } from "mongodb";
import type { Catalogue } from "../domain/read-catalogue.ts";
import type { CategoryDocument, Collections, ProductDocument, StockDocument } from "./mongo.ts";

export type ImportStore = ReturnType<typeof createImportStore>;

const BATCH = 500;

/** Writes a catalogue, in batches; repeating it writes nothing. */
export function createImportStore({ products, categories, stock }: Collections) {
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
        const skus = batch.map(({ sku }) => sku);
        const existing = await stock.find({ location, sku: { $in: skus } }, { projection: { sku: 1 } }).toArray();
        const known = new Set(existing.map(({ sku }) => sku));
        const missing = batch.filter(({ sku }) => !known.has(sku));
        if (missing.length === 0) continue;
        const { upsertedCount } = await stock.bulkWrite(missing.map((line) => newStock(line, location)));
        inserted += upsertedCount;
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
    const hashed = batch.map(({ id, ...content }) => ({ id, content, hash: hashOf(content) }));
    const ids = hashed.map(({ id }) => id) as never[];
    const existing = await collection.find({ _id: { $in: ids } } as never, { projection: { hash: 1 } }).toArray();
    const hashById = new Map(existing.map(({ _id, hash }) => [String(_id), hash]));
    const changed = hashed.filter(({ id, hash }) => hashById.get(id) !== hash);
    if (changed.length === 0) continue;
    await collection.bulkWrite(
      changed.map(({ id, content, hash }) => ({
        updateOne: {
          filter: { _id: id },
          update: { $set: { ...content, hash }, $currentDate: { updatedAt: true } },
          upsert: true,
        },
      })) as never,
    );
    written += changed.length;
  }
  return written;
}

const hashOf = (content: object): string => createHash("sha256").update(JSON.stringify(content)).digest("base64url");

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
