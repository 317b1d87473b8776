import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderPictures } from "../src/render-pictures.ts";

const parent = mkdtempSync(join(tmpdir(), "demo-pictures-"));
const outDir = join(parent, "media");
const sample = "haze-table-lamp";
const folder = join(outDir, "products", sample);
const program = join(import.meta.dirname, "../src/render.ts");

afterAll(() => rmSync(parent, { recursive: true }));

describe("render", () => {
  let first: Awaited<ReturnType<typeof renderPictures>>;
  beforeAll(async () => {
    first = await renderPictures({ outDir, only: sample });
  });

  it("writes every drawing as WebP at 1200 and 480 pixels square", async () => {
    expect(first.written).toBe(first.drawings * 2);
    const names = readdirSync(folder);
    expect(names).toHaveLength(first.written);
    for (const name of names) {
      const { format, width, height } = await sharp(join(folder, name)).metadata();
      const size = name.endsWith("-480.webp") ? 480 : 1200;
      expect({ format, width, height }, name).toEqual({ format: "webp", width: size, height: size });
    }
  });

  it("keeps small pictures small: half of them under 20 kB", () => {
    const sizes = readdirSync(folder).filter((name) => name.endsWith("-480.webp"));
    const bytes = sizes.map((name) => statSync(join(folder, name)).size).sort((a, b) => a - b);
    expect(bytes[Math.floor(bytes.length / 2)]).toBeLessThanOrEqual(20_000);
  });

  it("writes nothing the second time and counts all the same", async () => {
    const counts: [number, number][] = [];
    const onProgress = (done: number, total: number) => counts.push([done, total]);
    const second = await renderPictures({ outDir, only: sample, onProgress });
    expect(second).toEqual({ drawings: first.drawings, written: 0 });
    expect(counts.at(-1)).toEqual([first.drawings, first.drawings]);
  });

  it("draws again what is missing, and only that", async () => {
    unlinkSync(join(folder, "2-480.webp"));
    expect((await renderPictures({ outDir, only: sample })).written).toBe(2);
  });

  it("draws again what its record does not vouch for", async () => {
    writeFileSync(join(outDir, "drawn.txt"), `0123456789abcdef  products/${sample}/1\n`);
    expect((await renderPictures({ outDir, only: sample })).written).toBe(first.written);
  });

  it("goes on where it was stopped", async () => {
    const stopped = join(parent, "stopped");
    const stop = new AbortController();
    const onProgress = (done: number) => done === 2 && stop.abort(new Error("stopped"));
    await expect(renderPictures({ outDir: stopped, only: sample, onProgress, signal: stop.signal })).rejects.toThrow(
      "stopped",
    );
    const rest = await renderPictures({ outDir: stopped, only: sample });
    expect(rest.written).toBeGreaterThan(0);
    expect(rest.written).toBeLessThan(first.written);
    expect(readdirSync(join(stopped, "products", sample))).toHaveLength(first.written);
  });

  it("says so when nothing has the name", async () => {
    await expect(renderPictures({ outDir, only: "no-such-thing" })).rejects.toThrow(RangeError);
  });

  it("explains itself and fails when it is not told where to write", () => {
    const { status, stdout } = spawnSync(process.execPath, [program], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stdout).toContain("--out DIR");
  });

  it("counts in plain lines where there is no terminal", () => {
    const { status, stdout } = spawnSync(process.execPath, [program, "--out", outDir, "--only", "hero"], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^drawing 2 of 2\n2 drawings, 2 files written/);
  });
});
