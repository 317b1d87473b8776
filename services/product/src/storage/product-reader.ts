import type { PageProduct } from "../domain/product-page.ts";
import type { CatalogueStore } from "./catalogue-store.ts";
import type { SharedCache } from "./shared-cache.ts";

export type ReadProduct = (slug: string) => Promise<PageProduct | null>;

/**
 * Reads a product's page data: from the shared cache when its version is known, else from the database. The version is
 * part of the key, so what another replica left there is never older than what this one knows.
 */
export const createProductReader =
  (deps: { store: CatalogueStore; cache: SharedCache; versionOf: (slug: string) => string | undefined }): ReadProduct =>
  async (slug) => {
    const version = deps.versionOf(slug);
    if (version === undefined) return deps.store.product(slug);
    const key = `page:${slug}:${version}`;
    const cached = await deps.cache.get(key);
    if (cached) return JSON.parse(cached.toString("utf8"));
    const product = await deps.store.product(slug);
    if (product) deps.cache.put(key, JSON.stringify(product));
    return product;
  };
