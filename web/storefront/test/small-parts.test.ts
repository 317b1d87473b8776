import { expect, it } from "vitest";
import { nextPage, withNext } from "../src/features/account/next-page.ts";
import { categoryTrail, deepestCategory } from "../src/features/catalogue/category-tree.ts";
import { amountOf } from "../src/features/catalogue/price-filter.tsx";

const category = (slug: string, parentId: string | null) => ({
  id: `id-${slug}`,
  slug,
  name: slug,
  description: "",
  parentId,
  productCount: 1,
  image: null,
});
const categories = [category("home", null), category("lighting", "id-home"), category("kids", null)];

it("goes only to pages of this shop after signing in", () => {
  const to = (next: string) => nextPage(new URLSearchParams({ next }));
  expect(to("/checkout")).toBe("/checkout");
  const spaced = ["/\t/evil.example", "/\n/evil.example", "/\r\\evil.example"];
  for (const evil of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "",
    ...spaced,
  ]) {
    expect(to(evil), evil).toBe("/account");
  }
  expect(withNext("/register", new URLSearchParams({ next: "/checkout" }))).toBe("/register?next=%2Fcheckout");
});

it("finds the way to a category, and a product's most telling one", () => {
  expect(categoryTrail(categories, "lighting").map(({ slug }) => slug)).toEqual(["home", "lighting"]);
  expect(categoryTrail(categories, "unknown")).toEqual([]);
  expect(deepestCategory(categories, ["kids", "lighting"]).at(-1)?.slug).toBe("lighting");
});

it("understands typed prices with a point or a comma", () => {
  expect(amountOf("12,50", 100)).toBe(1250);
  expect(amountOf(" 12.5 ", 100)).toBe(1250);
  for (const nonsense of ["", "abc", "-3"]) expect(amountOf(nonsense, 100)).toBeUndefined();
});
