import type { Category } from "@tradepost/contracts/product";
import { toCategory } from "../domain/category-tree.ts";
import type { Market } from "../domain/summary.ts";
import type { CatalogueView } from "./follow-catalogue.ts";

/** The category tree as a flat list in the shop's order, each with how many products are in or below it. */
export const listCategories = ({ view }: { view: CatalogueView }) => {
  let counted = { version: "", counts: new Map<string, number>() };

  return (market: Pick<Market, "locale">): { items: Category[] } => {
    const version = view.catalogueVersion();
    if (counted.version !== version) counted = { version, counts: countProducts(view) };
    const { counts } = counted;
    return {
      items: view.categories().all.map((category) => toCategory(category, counts.get(category.id) ?? 0, market)),
    };
  };
};

/** A product counts once for each category that it is in or below. */
function countProducts(view: CatalogueView): Map<string, number> {
  const tree = view.categories();
  const paths = new Map(tree.all.map(({ id }) => [id, tree.withAncestors(id)]));
  const counts = new Map<string, number>();
  for (const categoryIds of view.index().categoriesOfProducts()) {
    for (const id of new Set(categoryIds.flatMap((each) => paths.get(each) ?? []))) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}
