import { createHash } from "node:crypto";
import { bannerCategories, bannerSvg } from "./draw/displays.ts";
import { heroSvg, LOGO_SVG } from "./draw/hero.ts";
import { pictureSvg } from "./draw/picture.ts";
import { picturesOf } from "./picture-list.ts";
import { shelves } from "./shelves.ts";

/** One file to write from a drawing, in pixels. */
export interface PictureFile {
  path: string;
  width: number;
  height: number;
  quality: number;
}

/** A drawing and the files it becomes; the first is the largest. */
export interface PictureJob {
  name: string;
  /** The product or category it belongs to, for drawing a few only. */
  of: string;
  /** Seen on pages that list things: drawn before everything else. */
  first: boolean;
  svg: () => string;
  /** The width of the SVG's canvas in its own units. */
  canvas: number;
  files: [PictureFile, ...PictureFile[]];
}

function productJobs(): PictureJob[] {
  return shelves.flatMap((shelf) =>
    shelf.products.flatMap((entry) =>
      picturesOf(entry, shelf).map((picture): PictureJob => {
        const name = `products/${entry.slug}/${picture.number}`;
        return {
          name,
          of: entry.slug,
          first: picture.number === 1,
          svg: () => pictureSvg(entry, shelf, picture),
          canvas: 1000,
          files: [
            { path: `${name}-1200.webp`, width: 1200, height: 1200, quality: 82 },
            { path: `${name}-480.webp`, width: 480, height: 480, quality: 84 },
          ],
        };
      }),
    ),
  );
}

const bannerJobs = (): PictureJob[] =>
  bannerCategories.map((category) => ({
    name: `categories/${category}`,
    of: category,
    first: true,
    svg: () => bannerSvg(category),
    canvas: 1200,
    files: [
      { path: `categories/${category}-1200.webp`, width: 1200, height: 600, quality: 84 },
      { path: `categories/${category}-480.webp`, width: 480, height: 240, quality: 84 },
    ],
  }));

const homeJobs = (): PictureJob[] => [
  {
    name: "hero/wide",
    of: "hero",
    first: true,
    svg: () => heroSvg("wide"),
    canvas: 1600,
    files: [{ path: "hero/hero-1600.webp", width: 1600, height: 900, quality: 86 }],
  },
  {
    name: "hero/tall",
    of: "hero",
    first: true,
    svg: () => heroSvg("tall"),
    canvas: 800,
    files: [{ path: "hero/hero-800.webp", width: 800, height: 1000, quality: 86 }],
  },
  {
    name: "brand/logo",
    of: "logo",
    first: true,
    svg: () => LOGO_SVG,
    canvas: 512,
    files: [{ path: "brand/logo-512.webp", width: 512, height: 512, quality: 90 }],
  },
];

/** Everything to draw: the home page, banners and the first look of every product, then what their own pages show. */
export function pictureJobs(): PictureJob[] {
  const jobs = [...homeJobs(), ...bannerJobs(), ...productJobs()];
  return [...jobs.filter(({ first }) => first), ...jobs.filter(({ first }) => !first)];
}

/** What tells two drawings apart: the drawing itself and how it is turned into files. */
export const fingerprintOf = (svg: string, files: readonly PictureFile[]): string =>
  createHash("sha256").update(JSON.stringify(files)).update(svg).digest("hex").slice(0, 32);
