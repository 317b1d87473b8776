import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "@tradepost/local-stack/run-node";
import { repository } from "@tradepost/local-stack/services";
import type { Say } from "../rounds.ts";
import { categories, generateProduct } from "./generate-catalogue.ts";

/** Few enough for the importer to hold and check at once. */
const PART = 5_000;

/** Brings the first `count` generated products into a database the way a shop's own catalogue comes in: by the importer. */
export async function importGenerated(mongoUrl: string, count: number, dir: string, say: Say): Promise<void> {
  const file = join(dir, "generated-catalogue.json");
  for (let from = 0; from < count; from += PART) {
    const products = Array.from({ length: Math.min(PART, count - from) }, (_, index) => generateProduct(from + index));
    writeFileSync(file, JSON.stringify({ categories, products, attributeLabels: {} }));
    const args = [join(repository, "services/product/src/import.ts"), "--file", file];
    await runNode({ args, cwd: repository, env: { MONGODB_URL: mongoUrl } });
    if (count > PART) say(`catalogue: ${from + products.length} of ${count} products`);
  }
  rmSync(file);
}
