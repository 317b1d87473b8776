import { createBoundedCache } from "@tradepost/service-runtime/bounded-cache";
import type { PageProduct } from "../domain/product-page.ts";
import type { CatalogueStore } from "./catalogue-store.ts";

export type ReadProduct = (slug: string) => Promise<PageProduct | null>;

const MAX_KEPT = 1_000;

/**
 * Reads a product's page data from the database, and keeps what was read last while its version is the one that is
 * known here. Redis before it would be a second question for what one indexed find answers.
 */
export function createProductReader(deps: {
  store: Pick<CatalogueStore, "product">;
  versionOf: (slug: string) => string | undefined;
}): ReadProduct {
  const kept = createBoundedCache<PageProduct>(MAX_KEPT);
  return async (slug) => {
    const version = deps.versionOf(slug);
    if (version === undefined) return deps.store.product(slug);
    const key = `${slug} ${version}`;
    const known = kept.get(key);
    if (known) return known;
    const product = await deps.store.product(slug);
    if (product) kept.set(key, product, Number.POSITIVE_INFINITY);
    return product;
  };
}
