import type { CatalogueCategory, CatalogueProduct } from "../domain/catalogue.ts";
import type { SoldProduct } from "../domain/product-page.ts";
import type { Collections, ProductDocument, StockDocument } from "./mongo.ts";

export type CatalogueStore = ReturnType<typeof createCatalogueStore>;

const BATCH = 500;

export type StockLevel = Pick<StockDocument, "sku" | "location" | "available" | "updatedAt">;

/** Reads products, categories and how much of each SKU there is. */
export function createCatalogueStore({ products, categories, stock }: Collections) {
  return {
    async product(slug: string): Promise<CatalogueProduct | null> {
      const document = await products.findOne({ slug }, { projection: { hash: 0 } });
      return document && toProduct(document);
    },

    async productsOfSkus(skus: readonly string[]): Promise<SoldProduct[]> {
      const projection = { hash: 0, description: 0, attributes: 0 };
      const documents = await products.find({ "variants.sku": { $in: [...skus] } }, { projection }).toArray();
      return documents.map(toProduct);
    },

    /** All that changed at or after `since`, in batches, the earliest change first. */
    async *productsChangedSince(since: Date): AsyncGenerator<CatalogueProduct[]> {
      const cursor = products.find({ updatedAt: { $gte: since } }, { projection: { hash: 0 } });
      yield* batchesOf(cursor.sort({ updatedAt: 1 }).batchSize(BATCH), toProduct);
    },

    async *stockChangedSince(since: Date): AsyncGenerator<StockLevel[]> {
      const projection = { _id: 0, sku: 1, location: 1, available: 1, updatedAt: 1 };
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
