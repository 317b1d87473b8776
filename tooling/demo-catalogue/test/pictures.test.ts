import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPiece } from "../src/draw/kinds.ts";
import { pictureSvg } from "../src/draw/picture.ts";
import type { Pose } from "../src/draw/piece.ts";
import { svgDocument } from "../src/draw/svg.ts";
import type { Drawing } from "../src/drawing-kinds.ts";
import { pictureJobs } from "../src/picture-jobs.ts";
import { picturesOf } from "../src/picture-list.ts";
import { shelves } from "../src/shelves.ts";
import { EXTREME_DRAWINGS } from "./extreme-drawings.ts";

const POSES: Pose[] = ["front", "above", "angle", "open", "lit", "pile"];

/** Two sizes and two colours at the ends of what an author may write. */
const ENDS = [
  { width: 60, height: 840, hex: "#000000" },
  { width: 840, height: 60, hex: "#ffffff" },
];

const drawn = (drawing: Drawing, hex: string, pose: Pose) => drawPiece(drawing, { hex, pose });

describe("kinds", () => {
  it.each(EXTREME_DRAWINGS.map((drawing) => [drawing.kind, drawing] as const))(
    "%s draws at its extremes",
    (_, drawing) => {
      for (const { hex, ...size } of ENDS) {
        for (const pose of POSES) {
          const { art } = drawn({ ...drawing, ...size }, hex, pose);
          expect(Object.values(art.box).every(Number.isFinite), `${pose} takes up room`).toBe(true);
          expect(art.box.right - art.box.left).toBeGreaterThan(0);
          expect(svgDocument(art, 1000, 1000)).not.toMatch(/NaN|undefined|Infinity|null/);
        }
      }
    },
  );

  it("are all drawn by librsvg, with ink", async () => {
    const kinds = [...Map.groupBy(EXTREME_DRAWINGS, ({ kind }) => kind).values()].flatMap((group) => group.slice(0, 1));
    for (const drawing of kinds) {
      const { art } = drawn(drawing, "#a84a3c", "front");
      const { left, top, right, bottom } = art.box;
      const svg = svgDocument(art, 1000, 1000).replace(
        'viewBox="0 0 1000 1000" width="1000" height="1000"',
        `viewBox="${left} ${top} ${right - left} ${bottom - top}" width="120" height="120"`,
      );
      const { channels } = await sharp(Buffer.from(svg)).stats();
      expect(channels[3]?.mean, drawing.kind).toBeGreaterThan(12);
    }
  });
});

describe("pictures", () => {
  const fronts = shelves.flatMap((shelf) =>
    shelf.products.map((entry) => {
      const [front] = picturesOf(entry, shelf);
      return { slug: entry.slug, svg: pictureSvg(entry, shelf, front!) };
    }),
  );

  it("show no two products alike", () => {
    const twins = [...Map.groupBy(fronts, ({ svg }) => svg).values()].filter((group) => group.length > 1);
    expect(twins.map((group) => group.map(({ slug }) => slug))).toEqual([]);
  });

  it("show each product in looks that differ from each other", () => {
    for (const shelf of shelves) {
      for (const entry of shelf.products) {
        const svgs = picturesOf(entry, shelf).map((picture) => pictureSvg(entry, shelf, picture));
        expect(new Set(svgs).size, entry.slug).toBe(svgs.length);
      }
    }
  });

  it("are the files that the catalogue and the home page name", async () => {
    const { catalogue } = await import("../src/catalogue.ts");
    const written = new Set(pictureJobs().flatMap(({ files }) => files.map(({ path }) => `/media/${path}`)));
    const named = [
      ...catalogue.products.flatMap(({ images }) => images),
      ...catalogue.categories.flatMap(({ image }) => image ?? []),
    ].flatMap(({ url, thumbnailUrl }) => [url, thumbnailUrl]);
    expect(
      [...named, "/media/hero/hero-1600.webp", "/media/hero/hero-800.webp"].filter((url) => !written.has(url)),
    ).toEqual([]);
  });

  it("stay the same from one drawing to the next", () => {
    const [job] = pictureJobs().slice(-1);
    expect(job?.svg()).toBe(job?.svg());
  });
});
