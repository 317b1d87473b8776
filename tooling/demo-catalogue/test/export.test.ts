import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { catalogue } from "../src/catalogue.ts";

const program = join(import.meta.dirname, "../src/export.ts");
const folder = mkdtempSync(join(tmpdir(), "demo-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("export", () => {
  it("writes in another process the very catalogue of this one", () => {
    const file = join(folder, "catalogue.json");
    execFileSync(process.execPath, [program, "--file", file]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(catalogue);
  });

  it("writes to standard output", () => {
    const text = execFileSync(process.execPath, [program, "--file", "-"], { encoding: "utf8", maxBuffer: 2 ** 25 });
    expect(JSON.parse(text).products).toHaveLength(catalogue.products.length);
  });

  it("explains itself and fails when it is not told where to write", () => {
    const { status, stdout } = spawnSync(process.execPath, [program], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stdout).toContain("--file FILE");
  });
});
