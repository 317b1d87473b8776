import { ProductListQuery } from "@tradepost/contracts/product";
import { expect, it } from "vitest";
import { isCostlyList } from "../../src/use-cases/list-products.ts";

const isCostly = (query: Record<string, string>, productCount = 100_000) =>
  isCostlyList({ view: { index: () => ({ productCount: () => productCount }) } })(ProductListQuery.parse(query));

it("is costly to sieve a large catalogue, unless words, a category or facets alone say where to look", () => {
  expect(isCostly({})).toBe(true);
  expect(isCostly({ maxPrice: "900" })).toBe(true);
  expect(isCostly({ brand: "Halden", maxPrice: "900" })).toBe(true);
  expect(isCostly({ brand: "Halden" })).toBe(false);
  expect(isCostly({ q: "lamp", maxPrice: "900" })).toBe(false);
  expect(isCostly({ category: "lighting", maxPrice: "900" })).toBe(false);
  expect(isCostly({ maxPrice: "900" }, 1_000)).toBe(false);
});
