import { describe, expect, it } from "vitest";
import { createTextIndex } from "../../src/search/text-index.ts";

const text = (content: string, weight = 1) => [{ text: content, weight }];

function indexOf(locale: "en" | "de", ...texts: string[]) {
  const index = createTextIndex(locale);
  for (const [document, content] of texts.entries()) index.add(document, text(content));
  return index;
}
const found = (index: ReturnType<typeof createTextIndex>, query: string) =>
  [...index.search(query).documents].sort((a, b) => a - b);

describe("text search", () => {
  it.each([
    ["begun words", "lam", [0, 1]],
    ["every word", "brass lamp", [1]],
    ["any order and case", "LAMP Brass", [1]],
    ["plurals", "lamps", [0, 1]],
    ["singulars of plurals", "candle", [2]],
    ["words without accents", "decor", [3]],
    ["words with accents", "décor", [3]],
    ["stop words left out", "the lamp with brass", [1]],
    ["nothing for an unknown word beside a known one", "lamp xylophonist", []],
    ["nothing for punctuation", "?!", []],
  ])("finds %s", (_what, query, expected) => {
    const index = indexOf("en", "Desk lamp", "Floor lamp in brass", "Beeswax candles", "Décor for a shelf");
    expect(found(index, query)).toEqual(expected);
  });

  it("finds parts of German compounds, inflected and with umlauts", () => {
    const index = indexOf("de", "Tischleuchte aus Messing", "Körbe aus Weide", "Große Vasen");
    expect(found(index, "leuchten")).toEqual([0]);
    expect(found(index, "Korb")).toEqual([1]);
    expect(found(index, "grosse vase")).toEqual([2]);
  });

  it("corrects a misspelt word to the closest, most frequent one and says so", () => {
    const index = indexOf("en", "Stoneware mug", "Stoneware bowl", "Wooden stool");
    const answer = index.search("stonewear mug");
    expect([...answer.documents]).toEqual([0]);
    expect(answer.corrected).toBe("stoneware mug");
    expect(index.search("stoneware mug").corrected).toBeNull();
    expect(index.search("stol").corrected).toBe("stool");
  });

  it("puts a match in the name before one in the description, and whole words before begun ones", () => {
    const index = createTextIndex("en");
    index.add(0, [
      { text: "Chair", weight: 8 },
      { text: "goes with any lamp", weight: 1 },
    ]);
    index.add(1, [{ text: "Lampshade", weight: 8 }]);
    index.add(2, [{ text: "Lamp", weight: 8 }]);
    const { documents, scores } = index.search("lamp");
    const ranked = [...documents].sort((a, b) => scores[documents.indexOf(b)]! - scores[documents.indexOf(a)]!);
    expect(ranked).toEqual([2, 1, 0]);
  });

  it("completes the last word by the most frequent ones, as they are written", () => {
    const index = indexOf("en", "Café table", "Café chair", "Cable");
    expect(index.completions("ca", 5)).toEqual(["café", "cable"]);
    expect(index.completions("round ca", 1)).toEqual(["round café"]);
  });
});
