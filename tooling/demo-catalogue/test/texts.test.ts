import { describe, expect, it } from "vitest";
import { catalogue } from "../src/catalogue.ts";
import { LOCALES } from "../src/catalogue-types.ts";
import { optionValueLabel } from "../src/words.ts";

const { products } = catalogue;
const ONLY_IN = { en: /\b(the|and|with|of)\b/i, de: /\b(und|der|die|das|mit|aus|für|sich|ein|eine)\b/i };

/** Sentences end with punctuation before a capital, a digit or the end. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=[A-ZÄÖÜ0-9])/);

describe("descriptions", () => {
  it.each(LOCALES)("are at least 120 characters and two to six sentences in %s", (locale) => {
    for (const { slug, description } of products) {
      expect(description[locale].length, slug).toBeGreaterThanOrEqual(120);
      const count = sentencesOf(description[locale]).length;
      expect(count, slug).toBeGreaterThanOrEqual(2);
      expect(count, slug).toBeLessThanOrEqual(6);
    }
  });

  it.each(LOCALES)("share no sentence between products in %s", (locale) => {
    const sentences = products.flatMap(({ description }) => sentencesOf(description[locale]));
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
  });

  it("are written in the language they claim", () => {
    for (const { slug, description } of products) {
      expect(description.en, slug).toMatch(ONLY_IN.en);
      expect(description.en, slug).not.toMatch(/\b(und|mit|aus|für)\b|[äöüß]/i);
      expect(description.de, slug).toMatch(ONLY_IN.de);
      expect(description.de, slug).not.toMatch(/\b(the|and|with|of)\b/i);
    }
  });
});

describe("names", () => {
  it("differ between the languages", () => {
    expect(products.filter(({ name }) => name.en === name.de).map(({ slug }) => slug)).toEqual([]);
  });
});

describe("alternative texts", () => {
  it("read well after any name: no name has a comma that they would continue", () => {
    const names = products.flatMap(({ name }) => LOCALES.map((locale) => name[locale]));
    expect(names.filter((name) => name.includes(","))).toEqual([]);
  });

  it("say something else of every picture of a product", () => {
    for (const { slug, images } of products) {
      for (const locale of LOCALES) {
        expect(new Set(images.map(({ alt }) => alt[locale])).size, slug).toBe(images.length);
      }
    }
  });
});

describe("option values", () => {
  it.each([
    ["24cm", "24 cm", "24 cm"],
    ["1.5l", "1.5 l", "1,5 l"],
    ["50x70cm", "50 × 70 cm", "50 × 70 cm"],
    ["0.5mm", "0.5 mm", "0,5 mm"],
    ["36-38", "36–38", "36–38"],
    ["set-4", "Set of 4", "4er-Set"],
    ["xl", "XL", "XL"],
    ["fig", "Fig & cedar", "Feige & Zeder"],
  ])("calls %s %s in English and %s in German", (value, en, de) => {
    expect(optionValueLabel(value)).toEqual({ en, de });
  });
});
