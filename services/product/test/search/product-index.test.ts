import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogueProduct } from "../../src/domain/catalogue.ts";
import { readCatalogue } from "../../src/domain/read-catalogue.ts";
import type { Cursor } from "../../src/search/cursor.ts";
import { createProductIndex, type Found, type Search } from "../../src/search/product-index.ts";
import { generateCatalogue } from "../generated-catalogue.ts";
import { naiveSearch } from "./naive-search.ts";

const catalogue = readCatalogue(generateCatalogue(120));
const at = new Date("2026-01-01T00:00:00Z");
const products = catalogue.products.map((product): CatalogueProduct => ({ ...product, updatedAt: at }));
const everything: Search = {
  locale: "en",
  currency: "EUR",
  q: "",
  categoryIds: undefined,
  facets: {},
  minPrice: 0,
  maxPrice: Number.MAX_SAFE_INTEGER,
  minRating: 0,
  inStock: false,
  sort: "newest",
  cursor: undefined,
  limit: 20,
};

function indexOf(listed: readonly CatalogueProduct[], stock: ReadonlyMap<string, number> = new Map()) {
  const index = createProductIndex();
  for (const [sku, available] of stock) index.putStock(sku, available);
  for (const product of listed) index.put(product);
  return index;
}

function allPages(index: ReturnType<typeof createProductIndex>, search: Search): { ids: string[]; first: Found } {
  const first = index.search(search);
  const ids = first.page.map(({ product }) => product.id);
  for (let next: Cursor | null = first.next; next; ) {
    const found = index.search({ ...search, cursor: next });
    ids.push(...found.page.map(({ product }) => product.id));
    next = found.next;
  }
  return { ids, first };
}

const words = ["lamp", "mug", "bo", "soft", "plain", "brand", "red", "clay", "jacket", "ba"];
const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 3 });
const searches = fc.record({
  locale: fc.constantFrom("en" as const, "de" as const),
  currency: fc.constantFrom("EUR" as const, "USD" as const, "GBP" as const),
  q: fc.oneof(
    fc.constant(""),
    fc.constantFrom(...words),
    fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map((pair) => pair.join(" ")),
  ),
  categoryIds: fc.option(some(catalogue.categories.map(({ id }) => id)), { nil: undefined }),
  facets: fc.record(
    {
      brand: some(["Brand 0", "Brand 1", "Brand 2", "Brand 99"]),
      colour: some(["red", "blue", "sand", "ink"]),
      size: some(["m", "xl", "40"]),
      material: some(["oak", "clay", "wool"]),
    },
    { requiredKeys: [] },
  ),
  minPrice: fc.constantFrom(0, 3_000, 9_000),
  maxPrice: fc.constantFrom(Number.MAX_SAFE_INTEGER, 15_000, 8_000),
  minRating: fc.constantFrom(0, 3, 4.5),
  inStock: fc.boolean(),
  sort: fc.constantFrom(
    "newest" as const,
    "price_asc" as const,
    "price_desc" as const,
    "rating" as const,
    "name" as const,
    "relevance" as const,
  ),
  cursor: fc.constant(undefined),
  limit: fc.integer({ min: 1, max: 30 }),
});
const changes = fc.array(
  fc.record({
    product: fc.nat(products.length - 1),
    price: fc.integer({ min: 100, max: 30_000 }),
    isGone: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe("the product index", () => {
  // Pure computing, which a machine that is busy with other tests can make ten times as long.
  it("finds, counts, sorts and pages as a plain filter does, after any changes", { timeout: 400_000 }, () => {
    const initial = new Map(catalogue.stock.map(({ sku, onHand }) => [sku, onHand]));
    fc.assert(
      fc.property(
        searches,
        changes,
        fc.array(fc.tuple(fc.nat(initial.size - 1), fc.nat(3)), { maxLength: 8 }),
        (search, edits, sales) => {
          const current = new Map(products.map((product) => [product.id, product]));
          const stock = new Map(initial);
          const index = indexOf(products, stock);
          index.search(search);
          for (const { product: number, price, isGone } of edits) {
            const product = products[number]!;
            if (isGone) {
              current.delete(product.id);
              index.remove(product.id);
              continue;
            }
            const edited = {
              ...product,
              variants: product.variants.map((each) => ({ ...each, prices: { EUR: { amount: price } } })),
            };
            current.set(product.id, edited);
            index.put(edited);
          }
          for (const [number, available] of sales) {
            const sku = [...initial.keys()][number]!;
            stock.set(sku, available);
            index.putStock(sku, available);
          }
          const naive = naiveSearch([...current.values()], stock, search);
          const { ids, first } = allPages(index, search);
          if (search.sort === "relevance") expect(ids.toSorted()).toEqual(naive.ids.toSorted());
          else expect(ids).toEqual(naive.ids);
          expect(first.hits.length).toBe(naive.ids.length);
          expect([first.minPrice, first.maxPrice]).toEqual([naive.minPrice, naive.maxPrice]);
          const counted = Object.entries(index.columns.facets).map(([field, { values }]) => {
            const counts = values.map(({ value }, n) => [value, first.counts[field as "brand"][n] ?? 0] as const);
            return [field, Object.fromEntries(counts.filter(([, count]) => count > 0).sort())];
          });
          expect(Object.fromEntries(counted)).toEqual(naive.counts);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("pages by relevance without a query, too", () => {
    const search: Search = { ...everything, sort: "relevance", limit: 1 };
    const { ids } = allPages(indexOf(products), search);
    expect(ids).toEqual(products.map(({ id }) => id).sort());
  });

  it("goes on after the last item of a page although that item and others have changed since", () => {
    const index = indexOf(products);
    const search: Search = { ...everything, sort: "price_asc", limit: 10 };
    const before = allPages(index, search).ids;
    const first = index.search(search);
    index.remove(before[9]!);
    index.remove(before[3]!);
    index.remove(before[12]!);
    const second = index.search({ ...search, cursor: first.next! });
    expect(second.page.map(({ product }) => product.id)).toEqual(
      before.slice(10, 21).filter((id) => id !== before[12]),
    );
  });

  it("has the same fingerprints for the same catalogue, whatever way it came about", () => {
    const stock = new Map(catalogue.stock.map(({ sku, onHand }) => [sku, onHand]));
    const index = indexOf(products, stock);
    const other = indexOf(products.toReversed(), new Map([...stock].reverse()));
    other.put({ ...products[3]!, updatedAt: new Date() });
    other.putStock("SKU-ELSEWHERE", 3);
    expect(other.cataloguePrint()).not.toBe(index.cataloguePrint());
    expect(other.stockPrint()).not.toBe(index.stockPrint());
    other.put(products[3]!);
    index.putStock("SKU-ELSEWHERE", 3);
    expect(other.cataloguePrint()).toBe(index.cataloguePrint());
    expect(other.stockPrint()).toBe(index.stockPrint());
  });

  it("puts related products of the same category first that can be bought", () => {
    const sold = products.filter(({ categoryIds }) => categoryIds[0] === products[0]!.categoryIds[0]);
    const stock = new Map(sold.slice(1, 3).flatMap(({ variants }) => variants.map(({ sku }) => [sku, 1] as const)));
    const related = indexOf(products, stock).related(products[0]!.id, everything, 2);
    expect(related.map(({ product }) => product.id).toSorted()).toEqual(
      sold
        .slice(1, 3)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it("has other related products when what can be bought changes", () => {
    const [own, ...others] = products.filter(({ categoryIds }) => categoryIds[0] === products[0]!.categoryIds[0]);
    const index = indexOf(products);
    const relatedIds = () => index.related(own!.id, everything, 1).map(({ product }) => product.id);
    for (const { id, variants } of others) {
      for (const { sku } of variants) index.putStock(sku, 1);
      expect(relatedIds()).toHaveLength(1);
      for (const other of others.filter((each) => each.id !== id)) {
        for (const { sku } of other.variants) index.putStock(sku, 0);
      }
      expect(relatedIds()).toEqual([id]);
    }
  });
});
