import type { Category } from "@tradepost/contracts/product";
import { type CatalogueCategory, textIn } from "./catalogue.ts";
import { localImage, type Market } from "./summary.ts";

/** All categories, to be looked up and walked. A category below itself counts as one without parent. */
export function createCategoryTree(categories: readonly CatalogueCategory[]) {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const bySlug = new Map(categories.map((category) => [category.slug, category]));

  /** The category and all above it, nearest first. */
  const withAncestors = (id: string): string[] => {
    const path: string[] = [];
    for (let at = byId.get(id); at && !path.includes(at.id); at = byId.get(at.parentId ?? "")) path.push(at.id);
    return path;
  };

  return {
    all: categories,
    get: (id: string) => byId.get(id),
    find: (slug: string) => bySlug.get(slug),
    withAncestors,
    withDescendants: (id: string): string[] =>
      categories.filter((category) => withAncestors(category.id).includes(id)).map((category) => category.id),
    /** Changes whenever a category does. */
    print: categories.map(({ id, updatedAt }) => `${id}${updatedAt.getTime()}`).join(),
  };
}

export const toCategory = (
  category: CatalogueCategory,
  productCount: number,
  { locale }: Pick<Market, "locale">,
): Category => ({
  id: category.id,
  slug: category.slug,
  name: textIn(category.name, locale),
  description: textIn(category.description, locale),
  parentId: category.parentId,
  productCount,
  image: category.image && localImage({ ...category.image, alt: category.name }, locale),
});
