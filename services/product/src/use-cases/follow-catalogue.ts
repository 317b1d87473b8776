import { setImmediate as pause } from "node:timers/promises";
import { createCategoryTree } from "../domain/category-tree.ts";
import { printOf } from "../search/fingerprint.ts";
import { createProductIndex, type ProductIndex } from "../search/product-index.ts";
import type { CatalogueStore, StockLevel } from "../storage/catalogue-store.ts";

/** Longer than a write takes from getting its time to being readable, on any member of a replica set. */
const OVERLAP_MS = 5_000;
const MIN_DEAD = 1_000;

type FollowedStore = Pick<CatalogueStore, "categories" | "productsChangedSince" | "stockChangedSince">;
export type CatalogueView = ReturnType<typeof createCatalogueView>;

/** The catalogue and its stock in memory, kept up to date by asking the database what has changed. */
export function createCatalogueView(store: FollowedStore, nowMs = () => performance.now()) {
  let index = createProductIndex();
  let categories = createCategoryTree([]);
  let catalogueVersion = "";
  let version = "";
  const productChanges = createChanges(store.productsChangedSince, nowMs);
  const stockChanges = createChanges(store.stockChangedSince, nowMs);
  const levels = new Map<string, number>();

  const putLevel = ({ sku, location, available }: StockLevel): void => {
    const place = `${sku}@${location}`;
    const change = available - (levels.get(place) ?? 0);
    levels.set(place, available);
    index.putStock(sku, index.available(sku) + change);
  };

  /** A fresh index without the left-overs of products that changed, made in slices so that requests go on. */
  const rebuilt = async (): Promise<ProductIndex> => {
    const fresh = createProductIndex();
    for (const [sku, available] of index.columns.stock) fresh.putStock(sku, available);
    for await (const products of store.productsChangedSince(new Date(0))) {
      for (const product of products) fresh.put(product);
      await pause();
    }
    return fresh;
  };

  return {
    /** Reads what has changed since the last time; at first, everything. */
    async refresh(): Promise<void> {
      const latest = createCategoryTree(await store.categories());
      if (latest.print !== categories.print) categories = latest;
      await stockChanges.read((level) => putLevel(level));
      await productChanges.read((product) => {
        const known = index.get(product.id)?.product.updatedAt.getTime();
        if (known !== product.updatedAt.getTime()) index.put(product);
      });
      if (index.deadCount() > MIN_DEAD && index.deadCount() > index.productCount()) index = await rebuilt();
      for (const _ of index.prepare()) await pause();
      catalogueVersion = `${index.cataloguePrint()}-${printOf(categories.print).toString(36)}`;
      version = `${catalogueVersion}-${index.stockPrint()}`;
    },

    index: () => index,
    categories: () => categories,
    /** The same for the same products, stock and categories, in every replica. */
    version: () => version,
    /** The same, stock aside. */
    catalogueVersion: () => catalogueVersion,
  };
}

/** What changed since the last reading. Recent changes are read twice: a slower writer's may have appeared among them. */
function createChanges<T extends { updatedAt: Date }>(
  changedSince: (since: Date) => AsyncIterable<T[]>,
  nowMs: () => number,
) {
  let latestMs = 0;
  let seenAtMs = 0;
  let isSettled = false;
  return {
    async read(apply: (item: T) => void): Promise<void> {
      const startedAtMs = nowMs();
      const sinceMs = isSettled ? latestMs + 1 : latestMs - OVERLAP_MS;
      for await (const batch of changedSince(new Date(Math.max(0, sinceMs)))) {
        for (const item of batch) {
          apply(item);
          if (item.updatedAt.getTime() <= latestMs) continue;
          latestMs = item.updatedAt.getTime();
          seenAtMs = nowMs();
          isSettled = false;
        }
        await pause();
      }
      // Time alone settles nothing, readings may have failed meanwhile: one that began after the overlap has seen it all.
      isSettled = startedAtMs - seenAtMs > OVERLAP_MS;
    },
  };
}
