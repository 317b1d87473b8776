import type { Category } from "@tradepost/contracts/product";

/** The category and what is above it, the topmost first; empty for an unknown slug. */
export function categoryTrail(categories: Category[], slug: string): Category[] {
  const trail: Category[] = [];
  let current = categories.find((one) => one.slug === slug);
  while (current && !trail.includes(current)) {
    trail.unshift(current);
    const { parentId } = current;
    current = categories.find((one) => one.id === parentId);
  }
  return trail;
}

/** The deepest of a product's categories, which tells most about it. */
export function deepestCategory(categories: Category[], slugs: string[]): Category[] {
  return slugs
    .map((slug) => categoryTrail(categories, slug))
    .reduce((best, trail) => (trail.length > best.length ? trail : best), []);
}
