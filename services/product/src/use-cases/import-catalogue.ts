import type { CatalogueFile } from "../domain/catalogue-file.ts";
import { readCatalogue } from "../domain/read-catalogue.ts";
import type { ImportStore } from "../storage/import-store.ts";

export interface ImportCounts {
  categories: number;
  products: number;
  stock: number;
}

/**
 * Brings the catalogue into the shop and says how many documents that changed. Repeating it changes nothing, and stock
 * that exists is never reset. Products come last: whoever sees one finds its categories and its stock.
 */
export const importCatalogue =
  ({ store, location }: { store: ImportStore; location: string }) =>
  async (file: CatalogueFile): Promise<ImportCounts> => {
    const catalogue = readCatalogue(file);
    const categories = await store.importCategories(catalogue.categories);
    const stock = await store.importStock(catalogue.stock, location);
    const products = await store.importProducts(catalogue.products);
    return { categories, products, stock };
  };
