import { describe, expect, it } from "vitest";
import { isMet } from "../src/finding.ts";
import { quantile, spreadOf } from "../src/spread.ts";
import { scoreText, targetText } from "../src/table.ts";

describe("spread", () => {
  it("has the middle of an odd number of rounds, and between the middle two of an even one", () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
    expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, min: 1, max: 9 });
    expect(() => spreadOf([])).toThrow("nothing");
  });

  it("interpolates quantiles of numbers that are no text", () => {
    const ascending = Float64Array.from({ length: 101 }, (_, n) => n);
    expect(quantile(ascending, 0.99)).toBeCloseTo(99);
    expect(quantile([10, 20], 0.25)).toBeCloseTo(12.5);
    expect(quantile([7], 1)).toBe(7);
  });
});

describe("finding", () => {
  const score = spreadOf([0.65, 0.7, 0.9]);

  it("is judged by its median", () => {
    expect(isMet({ score, target: { atLeast: 0.7 } })).toBe(true);
    expect(isMet({ score, target: { atLeast: 0.71 } })).toBe(false);
    expect(isMet({ score, target: { atMost: 0.7 } })).toBe(true);
    expect(isMet({ score, target: { atMost: 0.69 } })).toBe(false);
  });

  it("shows its score with the spread, and its target", () => {
    expect(scoreText({ score, unit: "×" })).toBe("0.70 × (0.65–0.90)");
    expect(scoreText({ score: spreadOf([1234.5]), unit: "ms" })).toBe("1,235 ms (1,235–1,235)");
    expect(targetText({ target: { atMost: 15 }, unit: "ms" })).toBe("≤ 15 ms");
  });
});
