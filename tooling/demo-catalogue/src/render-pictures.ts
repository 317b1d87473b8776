import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { fingerprintOf, type PictureFile, type PictureJob, pictureJobs } from "./picture-jobs.ts";
import { openRecord } from "./picture-record.ts";

export interface RenderPicturesOptions {
  /** The folder that the web server shows as `/media`. */
  outDir: string;
  /** Draws only what belongs to this product, top category, "hero" or "logo". */
  only?: string | undefined;
  /** Draws only what pages show that list things: the home page, banners, one picture of each product. */
  firstOnly?: boolean | undefined;
  /** Called after every drawing that was made or found to be there. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops before the next drawing; what is there stays. */
  signal?: AbortSignal | undefined;
}

export interface RenderedPictures {
  drawings: number;
  /** Files written in this run: none when nothing changed. */
  written: number;
}

/** At this density librsvg draws one pixel per unit of an SVG without physical units. */
const DENSITY = 72;

/**
 * Draws the shop's pictures into a folder as WebP, only those that are missing or have changed.
 * Throws a RangeError when nothing belongs to `only`, and the signal's reason when stopped.
 */
export async function renderPictures({
  outDir,
  only,
  firstOnly = false,
  onProgress,
  signal,
}: RenderPicturesOptions): Promise<RenderedPictures> {
  const jobs = pictureJobs().filter((job) => (only === undefined || job.of === only) && (job.first || !firstOnly));
  if (jobs.length === 0) throw new RangeError(`nothing to draw is called ${only}`);
  await mkdir(outDir, { recursive: true });
  const record = openRecord(outDir);
  let done = 0;
  let written = 0;
  const queue = jobs.values();
  const work = async (): Promise<void> => {
    for (const job of queue) {
      signal?.throwIfAborted();
      const svg = job.svg();
      const fingerprint = fingerprintOf(svg, job.files);
      if (!record.holds(job.name, fingerprint) || !job.files.every(({ path }) => existsSync(join(outDir, path)))) {
        await drawFiles(job, svg, outDir);
        record.add(job.name, fingerprint);
        written += job.files.length;
      }
      done += 1;
      onProgress?.(done, jobs.length);
    }
  };
  sharp.concurrency(1);
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  if (written > 0) record.tidy();
  return { drawings: jobs.length, written };
}

async function drawFiles({ files, canvas }: PictureJob, svg: string, outDir: string): Promise<void> {
  const [largest] = files;
  const { data, info } = await sharp(Buffer.from(svg), { density: (DENSITY * largest.width) / canvas })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const file of files) await encode(sharp(data, { raw }), file, join(outDir, file.path));
}

/** Writes beside the place and renames, so that a file is either whole or not there. */
async function encode(image: Sharp, { width, height, quality }: PictureFile, path: string): Promise<void> {
  const webp = await image.resize(width, height).webp({ quality, effort: 1 }).toBuffer();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, webp);
  await rename(`${path}.new`, path);
}
