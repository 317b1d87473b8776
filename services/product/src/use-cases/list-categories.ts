import type { Category } from "@tradepost/contracts/product";
import { toCategory } from "../domain/category-tree.ts";
import type { Market } from "../domain/summary.ts";
import type { CatalogueView } from "./follow-catalogue.ts";

/** The category tree as a flat list in the shop's order, each with how many products are in or below it. */
export const listCategories =
  ({ view }: { view: CatalogueView }) =>
  (market: Pick<Market, "locale">): { items: Category[] } => {
    const tree = view.categories();
    const counts = new Map<string, number>();
    for (const categoryIds of view.index().categoriesOfProducts()) {
      const all = new Set(categoryIds.flatMap((id) => tree.withAncestors(id)));
      for (const id of all) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return { items: tree.all.map((category) => toCategory(category, counts.get(category.id) ?? 0, market)) };
  };
