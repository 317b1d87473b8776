import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CatalogueFile } from "../../services/product/src/domain/catalogue-file.ts";
import { BRANDS, brandName, categories, generateProduct } from "../src/catalogue/generate-catalogue.ts";

const many = Array.from({ length: 3_000 }, (_, number) => generateProduct(number));

describe("the generated catalogue", () => {
  it("is what the product service imports", () => {
    expect(CatalogueFile.safeParse({ categories, products: many, attributeLabels: {} }).error).toBeUndefined();
  });

  it("is the same on every machine", () => {
    const digest = createHash("sha256").update(JSON.stringify([generateProduct(1), generateProduct(99_999)]));
    expect(digest.digest("hex").slice(0, 16)).toBe("bb58f36738c4645a");
  });

  it("repeats no id, slug or SKU", () => {
    const all = [...many, ...Array.from({ length: 3_000 }, (_, number) => generateProduct(97_000 + number))];
    expect(new Set(all.map(({ id }) => id)).size).toBe(6_000);
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(6_000);
    const skus = all.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
  });

  it("spreads products over brands, categories, materials and prices", () => {
    const brands = Map.groupBy(many, ({ brand }) => brand);
    expect(brands.size).toBe(BRANDS);
    expect(brands.has(brandName(BRANDS - 1))).toBe(true);
    const sizes = [...brands.values()].map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(4 * Math.min(...sizes));
    expect(new Set(many.map(({ attributes }) => attributes.material[0])).size).toBe(10);
    const prices = many.map(({ variants }) => variants[0]?.prices.EUR.amount ?? 0);
    expect(new Set(prices).size).toBeGreaterThan(300);
  });
});
