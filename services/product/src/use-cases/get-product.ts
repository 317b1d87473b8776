import type { Product } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { type PageProduct, toProductPage } from "../domain/product-page.ts";
import { type Market, summarise } from "../domain/summary.ts";
import type { CatalogueView } from "./follow-catalogue.ts";

const RELATED = 8;

export interface GetProductDeps {
  view: CatalogueView;
  readProduct: (slug: string) => Promise<PageProduct | null>;
}

/** One product; texts from the database, availability and neighbours from the view. Throws 404. */
export const getProduct =
  ({ view, readProduct }: GetProductDeps) =>
  async (slug: string, market: Market): Promise<Product> => {
    const product = await readProduct(slug);
    if (!product) throw new AppError(404, "product.not_found", "There is no such product");
    const index = view.index();
    const tree = view.categories();
    const categories = product.categoryIds.flatMap((id) => tree.get(id) ?? []);
    const related = index
      .related(product.id, market, RELATED)
      .map((hit) => summarise(hit.product, hit.available, market));
    return toProductPage(product, { categories, availableOf: index.available, related }, market);
  };
