import { expect, it } from "vitest";
import { readCatalogue } from "../../src/domain/read-catalogue.ts";
import { createProductReader } from "../../src/storage/product-reader.ts";
import { generateCatalogue } from "../generated-catalogue.ts";

it("reads a product once while its version stays, and again when it changes or is not known yet", async () => {
  const [generated] = readCatalogue(generateCatalogue(1)).products;
  if (!generated) throw new Error("no product was generated");
  let stored = { ...generated, updatedAt: new Date(1) };
  let version: string | undefined = "1";
  let reads = 0;
  const read = createProductReader({
    store: {
      product: async (slug) => {
        reads++;
        return slug === stored.slug ? stored : null;
      },
    },
    versionOf: () => version,
  });
  expect((await read(stored.slug))?.brand).toBe(generated.brand);
  await read(stored.slug);
  expect(reads).toBe(1);
  stored = { ...stored, brand: "Another" };
  version = "2";
  expect((await read(stored.slug))?.brand).toBe("Another");
  version = undefined;
  expect(await read("unknown")).toBeNull();
  await read("unknown");
  expect(reads).toBe(4);
});
