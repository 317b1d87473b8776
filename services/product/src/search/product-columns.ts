import { LOCALES, type Locale, SHOP_CURRENCIES } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import { FACET_FIELDS } from "@tradepost/contracts/product";
import { type CatalogueProduct, priceIn, textIn } from "../domain/catalogue.ts";
import { type FacetField, facetValues, type ListedProduct, toListed } from "../domain/listed-product.ts";
import { cheapestOf } from "../domain/summary.ts";
import { addDocument, createFacetColumn, discountDocument, type FacetColumn } from "./facet-column.ts";
import { addPrint, printOf, subtractPrint } from "./fingerprint.ts";
import { append, type Growing, growingIntegers } from "./growing.ts";
import { createTextIndex, type TextIndex } from "./text-index.ts";
import { fold } from "./words.ts";

/**
 * All products, one number each, a column per fact. Numbers are given once: a changed product gets a new one and the
 * old number's place in `documents` is empty from then on.
 */
export interface ProductColumns {
  documents: (ListedProduct | undefined)[];
  numberOf: Map<string, number>;
  numberOfSlug: Map<string, number>;
  ownerOfSku: Map<string, number>;
  prices: Record<Currency, Growing>;
  createdAt: number[];
  /** Mean rating, 0 for none, with the number of ratings as a tie-breaker behind the decimals. */
  ratings: number[];
  averages: number[];
  /** Factor for relevance, 1 to 1.4: of products that fit a text equally well, those that many like come first. */
  popularity: number[];
  available: Growing;
  names: Record<Locale, string[]>;
  categories: FacetColumn;
  facets: Record<FacetField, FacetColumn>;
  texts: Record<Locale, TextIndex>;
  /** Available units per SKU, of SKUs no product has as well. */
  stock: Map<string, number>;
  cataloguePrint: number;
  stockPrint: number;
}

const each = <K extends string, V>(keys: readonly K[], make: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;

export const createColumns = (): ProductColumns => ({
  documents: [],
  numberOf: new Map(),
  numberOfSlug: new Map(),
  ownerOfSku: new Map(),
  prices: each(SHOP_CURRENCIES, growingIntegers),
  createdAt: [],
  ratings: [],
  averages: [],
  popularity: [],
  available: growingIntegers(),
  names: each(LOCALES, () => []),
  categories: createFacetColumn(),
  facets: each(FACET_FIELDS, createFacetColumn),
  texts: each(LOCALES, createTextIndex),
  stock: new Map(),
  cataloguePrint: 0,
  stockPrint: 0,
});

const printOfProduct = ({ id, updatedAt }: ListedProduct): number => printOf(`${id} ${updatedAt.getTime()}`);
const printOfStock = (sku: string, available: number): number => printOf(`${sku} ${available}`);

/** Adds the product, in place of an earlier version of it. */
export function putProduct(columns: ProductColumns, product: CatalogueProduct): void {
  removeProduct(columns, product.id);
  const listed = toListed(product);
  const number = columns.documents.push(listed) - 1;
  columns.numberOf.set(listed.id, number);
  columns.numberOfSlug.set(listed.slug, number);
  for (const { sku } of listed.variants) columns.ownerOfSku.set(sku, number);
  for (const currency of SHOP_CURRENCIES) {
    append(columns.prices[currency], priceIn(cheapestOf(listed.variants, currency).prices, currency).amount);
  }
  columns.createdAt.push(listed.createdAt.getTime());
  const { average, count } = listed.rating ?? { average: 0, count: 0 };
  columns.averages.push(average);
  columns.popularity.push(1 + Math.min(0.4, (average / 5) * 0.06 * Math.log1p(count)));
  columns.ratings.push(average * 1e8 + Math.min(count, 1e6));
  append(columns.available, availableOf(columns, listed));
  addDocument(
    columns.categories,
    listed.categoryIds.map((value) => ({ value, label: { en: value } })),
  );
  for (const field of FACET_FIELDS) addDocument(columns.facets[field], facetValues(product, field));
  for (const locale of LOCALES) addTexts(columns, number, product, locale);
  columns.cataloguePrint = addPrint(columns.cataloguePrint, printOfProduct(listed));
}

export function removeProduct(columns: ProductColumns, id: string): void {
  const number = columns.numberOf.get(id);
  const listed = number === undefined ? undefined : columns.documents[number];
  if (number === undefined || !listed) return;
  columns.documents[number] = undefined;
  for (const field of FACET_FIELDS) discountDocument(columns.facets[field], number);
  columns.numberOf.delete(id);
  if (columns.numberOfSlug.get(listed.slug) === number) columns.numberOfSlug.delete(listed.slug);
  for (const { sku } of listed.variants) if (columns.ownerOfSku.get(sku) === number) columns.ownerOfSku.delete(sku);
  columns.cataloguePrint = subtractPrint(columns.cataloguePrint, printOfProduct(listed));
}

/** Whether that changed anything. */
export function putStock(columns: ProductColumns, sku: string, available: number): boolean {
  const before = columns.stock.get(sku);
  if (before === available) return false;
  columns.stock.set(sku, available);
  if (before !== undefined) columns.stockPrint = subtractPrint(columns.stockPrint, printOfStock(sku, before));
  columns.stockPrint = addPrint(columns.stockPrint, printOfStock(sku, available));
  const owner = columns.ownerOfSku.get(sku);
  const listed = owner === undefined ? undefined : columns.documents[owner];
  if (owner !== undefined && listed) columns.available.items[owner] = availableOf(columns, listed);
  return true;
}

const availableOf = ({ stock }: ProductColumns, { variants }: ListedProduct): number =>
  variants.reduce((sum, { sku }) => sum + (stock.get(sku) ?? 0), 0);

function addTexts({ texts, names }: ProductColumns, number: number, product: CatalogueProduct, locale: Locale) {
  const name = textIn(product.name, locale);
  const facts = [...product.attributes, ...product.options].flatMap(({ values }) =>
    values.map(({ label }) => textIn(label, locale)),
  );
  names[locale].push(fold(name));
  texts[locale].add(number, [
    { text: name, weight: 8 },
    { text: product.brand, weight: 4 },
    { text: [...new Set(facts)].join(" "), weight: 2 },
    { text: textIn(product.description, locale), weight: 1 },
  ]);
}
