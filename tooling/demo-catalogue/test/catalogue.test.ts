import { describe, expect, it } from "vitest";
import { buildCatalogue, catalogue } from "../src/catalogue.ts";
import { DemoCatalogue } from "../src/catalogue-types.ts";

const { categories, products, attributeLabels } = catalogue;
const variants = products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
const parents = new Set(categories.map(({ parentSlug }) => parentSlug));
const leaves = categories.filter(({ slug }) => !parents.has(slug)).map(({ slug }) => slug);

describe("the catalogue", () => {
  it("has the shape it promises", () => {
    expect(DemoCatalogue.safeParse(catalogue).error).toBeUndefined();
  });

  it("is the same each time it is built", () => {
    expect(buildCatalogue()).toEqual(catalogue);
  });

  it("has 160 products and more, 8 of them at least in each leaf category", () => {
    expect(products.length).toBeGreaterThanOrEqual(160);
    const counts = leaves.map((leaf) => products.filter((product) => product.categorySlugs[0] === leaf).length);
    expect(leaves.length).toBeGreaterThanOrEqual(12);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(8);
  });

  it("gives every id, slug, name and SKU once", () => {
    const things = [...categories, ...products];
    for (const values of [
      things.map(({ id }) => id),
      categories.map(({ slug }) => slug),
      products.map(({ slug }) => slug),
      products.map(({ name }) => name.en),
      products.map(({ name }) => name.de),
      variants.map(({ variant }) => variant.sku),
    ]) {
      expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
    }
  });

  it("puts products only into leaf categories, each once", () => {
    for (const { slug, categorySlugs } of products) {
      expect(leaves, slug).toEqual(expect.arrayContaining(categorySlugs));
      expect(new Set(categorySlugs).size, slug).toBe(categorySlugs.length);
    }
  });

  it("names a parent before its children", () => {
    categories.forEach(({ parentSlug, slug }, index) => {
      if (parentSlug === null) return;
      expect(
        categories.slice(0, index).map((category) => category.slug),
        slug,
      ).toContain(parentSlug);
    });
  });

  it("sells every combination of a product's options exactly once", () => {
    for (const { slug, options, variants: sold } of products) {
      const combinations = options.reduce((count, { values }) => count * values.length, 1);
      expect(new Set(sold.map((variant) => JSON.stringify(variant.options))).size, slug).toBe(combinations);
      for (const variant of sold) {
        expect(Object.keys(variant.options), variant.sku).toEqual(options.map(({ name }) => name));
        for (const { name, values } of options) {
          expect(values.map(({ value }) => value)).toContain(variant.options[name]);
        }
      }
    }
  });

  it("shows each variant in its own colour", () => {
    for (const { product, variant } of variants) {
      const image = product.images[variant.image];
      const colours = product.options.find(({ name }) => name === "colour")?.values;
      const colour = colours?.find(({ value }) => value === variant.options.colour)?.label;
      expect(image, variant.sku).toBeDefined();
      if (colour) expect(image?.alt.en, variant.sku).toContain(colour.en.toLowerCase());
    }
  });

  it("has a word in both languages for every attribute and value", () => {
    for (const { slug, attributes } of products) {
      for (const [name, values] of Object.entries(attributes)) {
        const known = attributeLabels[name];
        expect(Object.keys(known?.values ?? {}), `${slug} ${name}`).toEqual(expect.arrayContaining(values));
      }
    }
  });

  it("has ids that carry the time of creation, and only products of the last eighteen months", () => {
    for (const { id, createdAt, slug } of products) {
      expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), slug).toBe(Date.parse(createdAt));
      expect(createdAt >= "2025-05-24" && createdAt < "2026-11-24", slug).toBe(true);
    }
  });

  it("calls nothing free of plastic that is made of it", () => {
    const plastics = ["nylon", "polyester", "plastic", "silicone"];
    const claims = products.filter(({ attributes }) => attributes.feature?.includes("plastic-free"));
    const wrong = claims.filter(({ attributes }) => attributes.material?.some((value) => plastics.includes(value)));
    expect(wrong.map(({ slug }) => slug)).toEqual([]);
  });
});
