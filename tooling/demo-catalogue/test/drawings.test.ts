import { describe, expect, it } from "vitest";
import { shelves } from "../src/shelves.ts";

const entries = shelves.flatMap((shelf) => shelf.products);

describe("drawings", () => {
  it("differ between any two products in more than colour", () => {
    const slugsByShape = Map.groupBy(entries, ({ draw }) => JSON.stringify({ ...draw, accent: undefined }));
    const twins = [...slugsByShape.values()].filter((group) => group.length > 1);
    expect(twins.map((group) => group.map(({ slug }) => slug))).toEqual([]);
  });

  it("differ in form or proportion by more than a reader of pictures would miss", () => {
    const coarse = Map.groupBy(entries, ({ draw }) =>
      JSON.stringify({
        ...draw,
        accent: undefined,
        width: Math.round(draw.width / 60),
        height: Math.round(draw.height / 60),
      }),
    );
    expect([...coarse.values()].filter((group) => group.length > 1).map((g) => g.map(({ slug }) => slug))).toEqual([]);
  });

  it("fit the canvas", () => {
    for (const { slug, draw } of entries) {
      expect(Math.min(draw.width, draw.height), slug).toBeGreaterThanOrEqual(60);
      expect(Math.max(draw.width, draw.height), slug).toBeLessThanOrEqual(840);
      expect(Math.max(draw.width, draw.height), slug).toBeGreaterThanOrEqual(320);
    }
  });
});
