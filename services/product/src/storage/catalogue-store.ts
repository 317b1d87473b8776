import { createHash } from "node:crypto";
import type { AnyBulkWriteOperation } from "mongodb";
import type { CatalogueCategory, CatalogueProduct } from "../domain/catalogue.ts";
import type { Catalogue } from "../domain/read-catalogue.ts";
import type { CategoryDocument, Collections, ProductDocument, StockDocument } from "./mongo.ts";

export type CatalogueStore = ReturnType<typeof createCatalogueStore>;

const BATCH = 500;

/** Reading and importing products, categories and the stock that new SKUs start with. */
export function createCatalogueStore({ products, categories, stock }: Collections) {
  return {
    async product(slug: string): Promise<CatalogueProduct | null> {
      const document = await products.findOne({ slug }, { projection: { hash: 0 } });
      return document && toProduct(document);
    },

    async productsOfSkus(skus: readonly string[]): Promise<CatalogueProduct[]> {
      const projection = { hash: 0, description: 0, attributes: 0 };
      const documents = await products.find({ "variants.sku": { $in: [...skus] } }, { projection }).toArray();
      return documents.map(toProduct);
    },

    /** All that changed at or after `since`, in batches, the earliest change first. */
    async *productsChangedSince(since: Date): AsyncGenerator<CatalogueProduct[]> {
      const cursor = products.find({ updatedAt: { $gte: since } }, { projection: { hash: 0 } });
      yield* batchesOf(cursor.sort({ updatedAt: 1 }).batchSize(BATCH), toProduct);
    },

    async *stockChangedSince(since: Date): AsyncGenerator<Pick<StockDocument, "sku" | "updatedAt">[]> {
      const projection = { _id: 0, sku: 1, updatedAt: 1 };
      const cursor = stock.find({ updatedAt: { $gte: since } }, { projection });
      yield* batchesOf(cursor.sort({ updatedAt: 1 }).batchSize(BATCH), (document) => document);
    },

    async categories(): Promise<CatalogueCategory[]> {
      const documents = await categories
        .find({}, { projection: { hash: 0 } })
        .sort({ position: 1, slug: 1 })
        .toArray();
      return documents.map(({ _id, ...category }) => ({ id: _id, ...category }));
    },

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

const toProduct = ({ _id, ...product }: Omit<ProductDocument, "hash">): CatalogueProduct => ({ id: _id, ...product });

async function* batchesOf<D, T>(
  documents: AsyncIterable<D> & { close(): Promise<void> },
  convert: (document: D) => T,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const document of documents) {
    batch.push(convert(document));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
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
  collection: import("mongodb").Collection<D>,
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
