import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@tradepost/testing/run-program";
import { testMongo } from "@tradepost/testing/stores";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCatalogue } from "./small-catalogue.ts";

const SCRIPT = new URL("../src/import.ts", import.meta.url);
let mongo: Awaited<ReturnType<typeof testMongo>>;
let dir: string;
beforeAll(async () => {
  mongo = await testMongo();
  dir = await mkdtemp(join(tmpdir(), "product-import-"));
});
afterAll(async () => {
  await mongo.drop();
  await rm(dir, { recursive: true });
});

const runImport = (args: string[], env: Record<string, string> = { MONGODB_URL: mongo.url }) =>
  runProgram(SCRIPT, args, env);
async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

describe("import.ts", () => {
  it("explains itself", async () => {
    const { code, stdout } = await runImport(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--file FILE");
  });

  it("imports a catalogue and says what that changed", async () => {
    const file = await fileOf("shop.json", smallCatalogue);
    expect(await runImport(["--file", file])).toEqual({
      code: 0,
      stdout: "4 products in 3 categories; changed: 4 products, 3 categories, 5 new stock entries\n",
      stderr: "",
    });
    expect((await runImport(["--file", file])).stdout).toContain("changed: 0 products, 0 categories, 0 new");
  });

  it("says what is wrong with a file, and which setting is missing", async () => {
    const [mug] = smallCatalogue.products;
    const file = await fileOf("broken.json", { ...smallCatalogue, products: [{ ...mug, variants: [] }] });
    const broken = await runImport(["--file", file]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("products[0].variants");
    expect((await runImport(["--file", file], {})).stderr).toContain("MONGODB_URL: is missing");
  });
});
