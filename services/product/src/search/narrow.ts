import { FACET_FIELDS } from "@tradepost/contracts/product";
import type { FacetField } from "../domain/listed-product.ts";
import type { Market } from "../domain/summary.ts";
import { countValues, flagsOf, hasFlagged } from "./facet-column.ts";
import { append, growingFloats, growingIntegers } from "./growing.ts";
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
  /** Relevance, in step with `hits`; all 0 without a text. */
  scores: Float32Array;
  /** Per field and value number: how many hits there would be if this field itself were not narrowed. */
  counts: Record<FacetField, Uint32Array>;
  minPrice: number;
  maxPrice: number;
}

/**
 * One pass over the candidates. A document that fails just one field's choice still counts for that field, because
 * its values are alternatives; one that fails two counts nowhere.
 */
export function narrow(columns: ProductColumns, filter: Filter, text: TextMatches | undefined): Narrowed {
  const { documents, facets, categories } = columns;
  const prices = columns.prices[filter.currency].items;
  const averages = columns.averages.items;
  const available = columns.available.items;
  const wanted = filter.categoryIds && flagsOf(categories, filter.categoryIds);
  const choices = FACET_FIELDS.flatMap((field) => {
    const chosen = filter.facets[field];
    return chosen && chosen.length > 0 ? [{ field, column: facets[field], flags: flagsOf(facets[field], chosen) }] : [];
  });
  const fields = FACET_FIELDS.map((field) => ({
    field,
    column: facets[field],
    counts: new Uint32Array(facets[field].values.length),
  }));
  const countsOf = Object.fromEntries(fields.map(({ field, counts }) => [field, counts])) as Narrowed["counts"];
  const hits = growingIntegers();
  const scores = growingFloats();
  let minPrice = Number.POSITIVE_INFINITY;
  let maxPrice = 0;

  const candidates = text?.documents ?? inCategories(columns, wanted);
  const candidateCount = candidates?.length ?? documents.length;
  for (let i = 0; i < candidateCount; i++) {
    const document = candidates ? (candidates[i] as number) : i;
    if (documents[document] === undefined) continue;
    const price = prices[document] as number;
    if (price < filter.minPrice || price > filter.maxPrice) continue;
    if ((averages[document] as number) < filter.minRating) continue;
    if (filter.inStock && available[document] === 0) continue;
    if (text && wanted && !hasFlagged(categories, document, wanted)) continue;

    let failed: FacetField | undefined;
    let failures = 0;
    for (const { field, column, flags } of choices) {
      if (hasFlagged(column, document, flags)) continue;
      failed = field;
      failures++;
    }
    if (failures > 1) continue;
    if (failed !== undefined) {
      countValues(facets[failed], document, countsOf[failed]);
      continue;
    }
    for (const { column, counts } of fields) countValues(column, document, counts);
    append(hits, document);
    append(scores, text ? (text.scores[i] as number) : 0);
    if (price < minPrice) minPrice = price;
    if (price > maxPrice) maxPrice = price;
  }
  return {
    hits: hits.items.slice(0, hits.length),
    scores: scores.items.slice(0, hits.length),
    counts: countsOf,
    minPrice,
    maxPrice,
  };
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
