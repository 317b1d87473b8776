import type { suggest } from "@tradepost/contracts/product";
import type { RouteOutput } from "@tradepost/contracts/route";

export type Suggestions = RouteOutput<typeof suggest>;
export type SuggestionOption = { to: string } & (
  | { kind: "queries"; text: string }
  | { kind: "categories"; text: string }
  | { kind: "products"; product: Suggestions["products"][number] }
);

/** All suggestions in the order they are shown and walked through. */
export const flattenSuggestions = ({ queries, categories, products }: Suggestions): SuggestionOption[] => [
  ...queries.map((text) => ({ kind: "queries" as const, text, to: `/search?${new URLSearchParams({ q: text })}` })),
  ...categories.map(({ slug, name }) => ({ kind: "categories" as const, text: name, to: `/category/${slug}` })),
  ...products.map((product) => ({ kind: "products" as const, product, to: `/product/${product.slug}` })),
];
