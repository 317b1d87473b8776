import { buildProduct } from "./build-product.ts";
import { DemoCatalogue } from "./catalogue-types.ts";
import { categories } from "./categories.ts";
import { shelves } from "./shelves.ts";
import { attributeLabels } from "./words.ts";

/** The whole demo catalogue, built afresh and checked against its schema; the same on every machine and every day. */
export function buildCatalogue(): DemoCatalogue {
  const products = shelves.flatMap((shelf) => shelf.products.map((entry) => buildProduct(entry, shelf)));
  return DemoCatalogue.parse({ categories, products, attributeLabels });
}

export const catalogue: DemoCatalogue = buildCatalogue();
