import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadConfig, runMain } from "@tradepost/service-runtime/config";
import { z } from "zod";
import { zLocations, zMongoUrl } from "./config.ts";
import { CatalogueFile } from "./domain/catalogue-file.ts";
import { createImportStore } from "./storage/import-store.ts";
import { collectionsOf, connectMongo, ensureIndexes } from "./storage/mongo.ts";
import { importCatalogue } from "./use-cases/import-catalogue.ts";

const HELP = `Brings a catalogue into the shop: categories, products with their prices, and stock for SKUs that have none.

  node src/import.ts --file catalogue.json

  --file FILE   the catalogue as JSON ("-" reads standard input); its shape is in src/domain/catalogue-file.ts
  --help        this text

Environment: MONGODB_URL, with the database's name in its path; STOCK_LOCATIONS, whose first gets the stock
(default: main). What is there already and has not changed is left alone, and so is all existing stock.`;

const { values } = parseArgs({ options: { file: { type: "string" }, help: { type: "boolean", default: false } } });

await runMain(async () => {
  if (values.help || values.file === undefined) {
    console.log(HELP);
    if (!values.help) process.exitCode = 2;
    return;
  }
  const { MONGODB_URL, STOCK_LOCATIONS } = loadConfig(
    z.object({ MONGODB_URL: zMongoUrl(), STOCK_LOCATIONS: zLocations() }),
  );
  const file = readCatalogueFile(values.file);
  const mongo = connectMongo(MONGODB_URL);
  try {
    const collections = collectionsOf(mongo.db());
    await ensureIndexes(collections);
    const [location = "main"] = STOCK_LOCATIONS;
    const changed = await importCatalogue({ store: createImportStore(collections), location })(file);
    console.log(
      `${file.products.length} products in ${file.categories.length} categories; changed: ${changed.products} products, ` +
        `${changed.categories} categories, ${changed.stock} new stock entries`,
    );
  } finally {
    await mongo.close();
  }
});

function readCatalogueFile(path: string): CatalogueFile {
  const parsed = CatalogueFile.safeParse(JSON.parse(readFileSync(path === "-" ? 0 : path, "utf8")));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is no catalogue:\n${z.prettifyError(parsed.error)}`);
}
