import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clearFilters,
  countFilters,
  type Narrowing,
  narrowingFromUrl,
  narrowingToUrl,
  SORTS,
  toggleFacet,
} from "../src/features/catalogue/narrowing.ts";

const facetValues = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 5 });
const narrowings = fc
  .record(
    {
      brand: facetValues,
      colour: facetValues,
      minPrice: fc.nat(99_999_999),
      maxPrice: fc.nat(99_999_999),
      minRating: fc.integer({ min: 1, max: 5 }),
      inStock: fc.constant(true),
      sort: fc.constantFrom(...SORTS),
    },
    { requiredKeys: [] },
  )
  .map(
    ({ brand, colour, ...rest }): Narrowing => ({
      ...rest,
      facets: { ...(brand && { brand }), ...(colour && { colour }) },
    }),
  );

describe("the address of a narrowed list", () => {
  it("says everything about it, and is read back as the same", () => {
    fc.assert(
      fc.property(narrowings, (narrowing) => {
        const address = new URLSearchParams(narrowingToUrl(narrowing).toString());
        expect(narrowingFromUrl(address)).toEqual(narrowing);
      }),
    );
  });

  it("leaves out what the server would refuse", () => {
    const search = new URLSearchParams(
      "minPrice=-1&maxPrice=abc&minRating=9&sort=fastest&inStock=perhaps&colour=&size=L",
    );
    expect(narrowingFromUrl(search)).toEqual({ facets: { size: ["L"] } });
  });

  it("keeps a value once, and at most as many as a list takes", () => {
    const search = new URLSearchParams(Array.from({ length: 40 }, (_, index) => ["brand", `b${index}`]));
    search.append("colour", "red");
    search.append("colour", "red");
    const { facets } = narrowingFromUrl(search);
    expect(facets.brand).toHaveLength(30);
    expect(facets.colour).toEqual(["red"]);
  });
});

describe("changing filters", () => {
  it("adds a value on the first toggle and takes it out on the second", () => {
    fc.assert(
      fc.property(narrowings, fc.string({ minLength: 1 }), (narrowing, value) => {
        fc.pre(!narrowing.facets.material?.includes(value));
        const on = toggleFacet(narrowing, "material", value);
        expect(countFilters(on)).toBe(countFilters(narrowing) + 1);
        expect(toggleFacet(on, "material", value)).toEqual(narrowing);
      }),
    );
  });

  it("clears every filter and keeps category, search text and order", () => {
    const kept = { category: "lighting", q: "lamp", sort: "rating" } as const;
    const cleared = clearFilters({ ...kept, facets: { brand: ["a"] }, minPrice: 1, inStock: true });
    expect(cleared).toEqual({ ...kept, facets: {} });
    expect(countFilters(cleared)).toBe(0);
  });
});
