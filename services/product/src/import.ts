import { type JsonFile, runFileCommand } from "@tradepost/service-runtime/command";
import { loadConfig } from "@tradepost/service-runtime/config";
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

await runFileCommand(HELP, async (file) => {
  const { MONGODB_URL, STOCK_LOCATIONS } = loadConfig(
    z.object({ MONGODB_URL: zMongoUrl(), STOCK_LOCATIONS: zLocations() }),
  );
  const catalogue = catalogueIn(file);
  const mongo = connectMongo(MONGODB_URL);
  try {
    const collections = collectionsOf(mongo.db());
    await ensureIndexes(collections);
    const [location = "main"] = STOCK_LOCATIONS;
    const changed = await importCatalogue({ store: createImportStore(collections), location })(catalogue);
    console.log(
      `${catalogue.products.length} products in ${catalogue.categories.length} categories; changed: ${changed.products} products, ` +
        `${changed.categories} categories, ${changed.stock} new stock entries`,
    );
  } finally {
    await mongo.close();
  }
});

function catalogueIn({ path, read }: JsonFile): CatalogueFile {
  const parsed = CatalogueFile.safeParse(read());
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is no catalogue:\n${z.prettifyError(parsed.error)}`);
}
