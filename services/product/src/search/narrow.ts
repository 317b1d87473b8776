import { FACET_FIELDS } from "@tradepost/contracts/product";
import type { FacetField } from "../domain/listed-product.ts";
import type { Market } from "../domain/summary.ts";
import { countValues, type FacetColumn, flagsOf, hasFlagged } from "./facet-column.ts";
import { append, type Growing, growingIntegers } from "./growing.ts";
import type { ProductColumns } from "./product-columns.ts";
import type { TextMatches } from "./text-index.ts";

export interface Filter extends Market {
  /** Products in any of these; undefined for all. */
  categoryIds: readonly string[] | undefined;
  /** Products with any of the chosen values of each field; a field without choice narrows nothing. */
  facets: Partial<Record<FacetField, readonly string[]>>;
  minPrice: number;
  maxPrice: number;
  minRating: number;
  inStock: boolean;
}

export interface Narrowed {
  hits: Uint32Array;
  /** Relevance, in step with `hits`; empty without a text. */
  scores: Float32Array;
  /** Per field and value number: how many hits there would be if this field itself were not narrowed. */
  counts: Record<FacetField, Uint32Array>;
  minPrice: number;
  maxPrice: number;
}

/**
 * Sieves the candidates, then counts. A document that fails just one field's choice still counts for that field,
 * because its values are alternatives; one that fails two counts nowhere.
 */
export function narrow(columns: ProductColumns, filter: Filter, text: TextMatches | undefined): Narrowed {
  const { facets, categories } = columns;
  const wanted = filter.categoryIds && flagsOf(categories, filter.categoryIds);
  const candidates = text?.documents ?? inCategories(columns, wanted);
  const fits = basicFit(columns, filter, text && wanted);
  const choices = choicesOf(columns, filter);
  const hits = new Uint32Array(candidates?.length ?? columns.documents.length);
  const scores = new Float32Array(text ? hits.length : 0);
  const nearMisses = choices.map(() => growingIntegers());
  let hitCount = 0;

  for (let i = 0; i < hits.length; i++) {
    const document = candidates ? (candidates[i] as number) : i;
    if (!fits(document)) continue;
    const failed = choices.length === 0 ? NONE : onlyFailure(choices, document);
    if (failed === SEVERAL) continue;
    if (failed !== NONE) {
      append(nearMisses[failed] as Growing, document);
      continue;
    }
    if (text) scores[hitCount] = (text.scores[i] as number) * (columns.popularity[document] as number);
    hits[hitCount++] = document;
  }
  const found = hits.slice(0, hitCount);
  const counts = {} as Narrowed["counts"];
  for (const field of FACET_FIELDS) counts[field] = countValues(facets[field], found);
  for (const [n, { field, column }] of choices.entries()) {
    const { items, length } = nearMisses[n] as Growing;
    countValues(column, items.subarray(0, length), counts[field]);
  }
  return { hits: found, scores: scores.slice(0, hitCount), counts, ...priceRange(columns, filter, found) };
}

const NONE = -1;
const SEVERAL = -2;

interface Choice {
  field: FacetField;
  column: FacetColumn;
  flags: Uint8Array;
}

const choicesOf = ({ facets }: ProductColumns, filter: Filter): Choice[] =>
  FACET_FIELDS.flatMap((field) => {
    const chosen = filter.facets[field];
    return chosen && chosen.length > 0 ? [{ field, column: facets[field], flags: flagsOf(facets[field], chosen) }] : [];
  });

/** Which one of the choices the document fails, or NONE, or SEVERAL. */
function onlyFailure(choices: readonly Choice[], document: number): number {
  let failed = NONE;
  for (let n = 0; n < choices.length; n++) {
    const { column, flags } = choices[n] as Choice;
    if (hasFlagged(column, document, flags)) continue;
    if (failed !== NONE) return SEVERAL;
    failed = n;
  }
  return failed;
}

/** All but the facets. Candidates of a text are not yet those of the category. */
function basicFit(columns: ProductColumns, filter: Filter, category: Uint8Array | undefined) {
  const { documents, categories } = columns;
  const prices = columns.prices[filter.currency].items;
  const averages = columns.averages;
  const available = columns.available.items;
  const { minPrice, maxPrice, minRating, inStock } = filter;
  return (document: number): boolean =>
    documents[document] !== undefined &&
    (prices[document] as number) >= minPrice &&
    (prices[document] as number) <= maxPrice &&
    (averages[document] as number) >= minRating &&
    (!inStock || (available[document] as number) > 0) &&
    (category === undefined || hasFlagged(categories, document, category));
}

function priceRange(columns: ProductColumns, { currency }: Filter, hits: Uint32Array) {
  const prices = columns.prices[currency].items;
  let minPrice = Number.POSITIVE_INFINITY;
  let maxPrice = 0;
  for (let i = 0; i < hits.length; i++) {
    const price = prices[hits[i] as number] as number;
    if (price < minPrice) minPrice = price;
    if (price > maxPrice) maxPrice = price;
  }
  return { minPrice, maxPrice };
}

/** Undefined stands for all documents. */
function inCategories({ categories, documents }: ProductColumns, wanted: Uint8Array | undefined) {
  if (!wanted) return undefined;
  const seen = new Uint8Array(documents.length);
  const found = growingIntegers();
  for (const [number, { documents: members }] of categories.values.entries()) {
    if (wanted[number] !== 1) continue;
    for (let i = 0; i < members.length; i++) {
      const document = members.items[i] as number;
      if (seen[document] === 1) continue;
      seen[document] = 1;
      append(found, document);
    }
  }
  return found.items.subarray(0, found.length);
}
