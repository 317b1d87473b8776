import { FACET_FIELDS } from "@tradepost/contracts/product";
import type { FacetField } from "../domain/listed-product.ts";
import type { Market } from "../domain/summary.ts";
import { type Choice, choicesOf, documentsOf, NONE, onlyFailure, rarestOf, SEVERAL } from "./choices.ts";
import { countValues } from "./facet-column.ts";
import { append, type Growing, growingIntegers } from "./growing.ts";
import type { ProductColumns } from "./product-columns.ts";
import type { TextMatches } from "./text-index.ts";

export interface Filter extends Market {
  /** Products in any of these; undefined for all. */
  categoryIds: readonly string[] | undefined;
  /** Products with any of the chosen values of each field; a field without choice narrows nothing. */
  facets: Partial<Record<FacetField, readonly string[] | undefined>>;
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
 * Sieves the candidates, then counts. Without a text the candidates are the documents of the rarest choice, whose own
 * values are counted apart: among what there would be without it.
 */
export function narrow(
  columns: ProductColumns,
  filter: Filter,
  text: TextMatches | undefined,
  fields: readonly FacetField[] = FACET_FIELDS,
): Narrowed {
  const choices = choicesOf(columns, filter);
  const rarest = text ? undefined : rarestOf(choices);
  const others = choices.filter((choice) => choice !== rarest);
  const candidates = text?.documents ?? (rarest && documentsOf(rarest));
  const { hits, scores, nearMisses } = sieve(columns, filter, candidates, text?.scores, others);
  const counts = noCounts();
  for (const field of fields) {
    if (field === rarest?.field) counts[field] = countWithout(columns, filter, field);
    else if (text || narrows(filter)) counts[field] = countValues(columns.facets[field], hits);
    else counts[field] = Uint32Array.from(columns.facets[field].counts);
  }
  for (const [n, { field, column }] of others.entries()) {
    const missed = nearMisses[n];
    if (field && missed && fields.includes(field)) countValues(column, missed, counts[field]);
  }
  return { hits, scores, counts, ...priceRange(columns, filter, hits) };
}

const noCounts = (): Narrowed["counts"] => {
  const none = new Uint32Array(0);
  return { brand: none, colour: none, size: none, material: none };
};

function countWithout(columns: ProductColumns, filter: Filter, field: FacetField): Uint32Array {
  const rest = { ...filter, facets: { ...filter.facets, [field]: undefined } };
  if (!narrows(rest)) return Uint32Array.from(columns.facets[field].counts);
  return narrow(columns, rest, undefined, [field]).counts[field];
}

const HIGHEST_PRICE = 2 ** 32 - 1;

const narrows = ({ categoryIds, facets, minPrice, maxPrice, minRating, inStock }: Filter): boolean =>
  categoryIds !== undefined ||
  minPrice > 0 ||
  maxPrice < HIGHEST_PRICE ||
  minRating > 0 ||
  inStock ||
  FACET_FIELDS.some((field) => (facets[field]?.length ?? 0) > 0);

/**
 * Candidates that fit, and per choice those that fail just this one: they still count for its field, because its values
 * are alternatives. One that fails two counts nowhere.
 */
function sieve(
  columns: ProductColumns,
  filter: Filter,
  candidates: Uint32Array | undefined,
  candidateScores: Float32Array | undefined,
  choices: readonly Choice[],
) {
  const fits = basicFit(columns, filter);
  const hits = new Uint32Array(candidates?.length ?? columns.documents.length);
  const scores = new Float32Array(candidateScores ? hits.length : 0);
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
    if (candidateScores) {
      scores[hitCount] = (candidateScores[i] as number) * (columns.popularity[document] as number);
    }
    hits[hitCount++] = document;
  }
  return {
    hits: hits.slice(0, hitCount),
    scores: scores.slice(0, hitCount),
    nearMisses: nearMisses.map(({ items, length }) => items.subarray(0, length)),
  };
}

/** All but the choices. What narrows nothing is not looked up: most of the time goes into waiting for memory. */
function basicFit(columns: ProductColumns, filter: Filter) {
  const { averages, documents, numberOf } = columns;
  const someAreGone = documents.length > numberOf.size;
  const prices = columns.prices[filter.currency].items;
  const available = columns.available.items;
  const { minPrice, maxPrice, minRating, inStock } = filter;
  const hasPrices = minPrice > 0 || maxPrice < HIGHEST_PRICE;
  return (document: number): boolean => {
    if (someAreGone && documents[document] === undefined) return false;
    if (hasPrices) {
      const price = prices[document] as number;
      if (price < minPrice || price > maxPrice) return false;
    }
    if (minRating > 0 && (averages[document] as number) < minRating) return false;
    return !inStock || (available[document] as number) > 0;
  };
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
