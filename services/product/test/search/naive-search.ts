import { FACET_FIELDS, type ProductSort } from "@tradepost/contracts/product";
import { type CatalogueProduct, priceIn, textIn } from "../../src/domain/catalogue.ts";
import { type FacetField, facetValues } from "../../src/domain/listed-product.ts";
import { cheapestOf } from "../../src/domain/summary.ts";
import type { Search } from "../../src/search/product-index.ts";
import { fold, wordsOf } from "../../src/search/words.ts";

/** What a search finds, worked out product by product: slow, and plain to see right. */
export function naiveSearch(products: readonly CatalogueProduct[], stock: ReadonlyMap<string, number>, search: Search) {
  const price = ({ variants }: CatalogueProduct) =>
    priceIn(cheapestOf(variants, search.currency).prices, search.currency).amount;
  const available = ({ variants }: CatalogueProduct) =>
    variants.reduce((sum, { sku }) => sum + (stock.get(sku) ?? 0), 0);
  const hasChoice = (product: CatalogueProduct, field: FacetField) => {
    const chosen = search.facets[field] ?? [];
    return chosen.length === 0 || facetValues(product, field).some(({ value }) => chosen.includes(value));
  };
  const base = products.filter(
    (product) =>
      hasWords(product, search) &&
      (search.categoryIds?.some((id) => product.categoryIds.includes(id)) ?? true) &&
      price(product) >= search.minPrice &&
      price(product) <= search.maxPrice &&
      (product.rating?.average ?? 0) >= search.minRating &&
      (!search.inStock || available(product) > 0),
  );
  const hits = base.filter((product) => FACET_FIELDS.every((field) => hasChoice(product, field)));
  const counts = FACET_FIELDS.map((field) => {
    const others = FACET_FIELDS.filter((other) => other !== field);
    const counted = new Map<string, number>();
    for (const product of base.filter((each) => others.every((other) => hasChoice(each, other)))) {
      for (const value of new Set(facetValues(product, field).map((each) => each.value))) {
        counted.set(value, (counted.get(value) ?? 0) + 1);
      }
    }
    return [field, Object.fromEntries([...counted].sort())] as const;
  });
  const prices = hits.map(price);
  return {
    ids: sortBy(hits, search.sort, price, search).map(({ id }) => id),
    counts: Object.fromEntries(counts),
    minPrice: Math.min(...prices),
    maxPrice: Math.max(0, ...prices),
  };
}

function hasWords(product: CatalogueProduct, { q, locale }: Search): boolean {
  const labels = [...product.attributes, ...product.options].flatMap(({ values }) => values.map(({ label }) => label));
  const texts = [product.name, product.description, ...labels].map((text) => textIn(text, locale));
  const words = wordsOf([...texts, product.brand].join(" "), locale).map(({ key }) => key);
  return q === "" || wordsOf(q, locale).every(({ key }) => words.some((word) => word.startsWith(key)));
}

function sortBy(
  hits: readonly CatalogueProduct[],
  sort: ProductSort,
  price: (product: CatalogueProduct) => number,
  { locale }: Search,
): CatalogueProduct[] {
  const { average, count } = {
    average: ({ rating }: CatalogueProduct) => rating?.average ?? 0,
    count: ({ rating }: CatalogueProduct) => rating?.count ?? 0,
  };
  const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const compare = (a: CatalogueProduct, b: CatalogueProduct): number => {
    if (sort === "newest") return b.createdAt.getTime() - a.createdAt.getTime();
    if (sort === "price_asc") return price(a) - price(b);
    if (sort === "price_desc") return price(b) - price(a);
    if (sort === "rating") return average(b) - average(a) || count(b) - count(a);
    if (sort === "name") return compareText(fold(textIn(a.name, locale)), fold(textIn(b.name, locale)));
    return 0;
  };
  return hits.toSorted((a, b) => compare(a, b) || compareText(a.id, b.id));
}
