import type { ProductSort } from "@tradepost/contracts/product";
import { createBoundedCache } from "@tradepost/service-runtime/bounded-cache";
import type { CatalogueProduct } from "../domain/catalogue.ts";
import type { ListedProduct } from "../domain/listed-product.ts";
import type { Market } from "../domain/summary.ts";
import type { Cursor } from "./cursor.ts";
import { type Filter, type Narrowed, narrow } from "./narrow.ts";
import { createColumns, type ProductColumns, putProduct, putStock, removeProduct } from "./product-columns.ts";
import { createSorter, type Sorter } from "./sorts.ts";
import { bestScored, lowestRanked } from "./take-page.ts";

export interface Search extends Filter {
  q: string;
  sort: ProductSort;
  cursor: Cursor | undefined;
  limit: number;
}

export interface Hit {
  product: ListedProduct;
  available: number;
}

export interface Found extends Narrowed {
  page: Hit[];
  next: Cursor | null;
  corrected: string | null;
}

interface BestMembers {
  inStock: number[];
  all: number[];
}

const EVERYTHING = {
  categoryIds: undefined,
  facets: {},
  minPrice: 0,
  maxPrice: Number.MAX_SAFE_INTEGER,
  minRating: 0,
  inStock: false,
};

/** Narrowed results kept for other pages and sorts of the same filter: a thousand small ones, or some megabytes of large ones. */
const MAX_KEPT_RESULTS = 1_000;
const MAX_HITS_OF_ONE = 20_000;
const MAX_KEPT_HITS = 1_000_000;
const MAX_RELATED_CANDIDATES = 200;

export type ProductIndex = ReturnType<typeof createProductIndex>;

/** The whole catalogue in memory, for finding products: text, filters, facets, sorts and pages. */
export function createProductIndex() {
  const columns = createColumns();
  const sorter = createSorter(columns);
  const results = createBoundedCache<Narrowed & { corrected: string | null }>(MAX_KEPT_RESULTS);
  const best = new Map<string, BestMembers>();
  let keptHits = 0;

  const find = (search: Search): Narrowed & { corrected: string | null } => {
    const { sort: _, cursor: __, limit: ___, ...filter } = search;
    const name = JSON.stringify(filter);
    const kept = results.get(name);
    if (kept) return kept;
    const text = filter.q === "" ? undefined : columns.texts[filter.locale].search(filter.q);
    const found = { ...narrow(columns, filter, text), corrected: text?.corrected ?? null };
    if (found.hits.length > MAX_HITS_OF_ONE) return found;
    keptHits += found.hits.length;
    if (keptHits > MAX_KEPT_HITS) {
      results.clear();
      keptHits = found.hits.length;
    }
    results.set(name, found, Number.POSITIVE_INFINITY);
    return found;
  };
  const hitOf = (document: number): Hit => {
    const product = columns.documents[document];
    if (!product) throw new Error("a product vanished from the index");
    return { product, available: columns.available.items[document] as number };
  };

  /** The best rated of a category's latest members: the same for every page of the category, until something changes. */
  const bestMembers = (categoryId: string, market: Market, limit: number): BestMembers => {
    const name = `${categoryId} ${limit}`;
    const kept = best.get(name);
    if (kept) return kept;
    const { values, numberOf } = columns.categories;
    const members = values[numberOf.get(categoryId) ?? -1]?.documents;
    if (!members) return { inStock: [], all: [] };
    const { ranks } = sorter.order("rating", market);
    const latest = members.items
      .subarray(Math.max(0, members.length - MAX_RELATED_CANDIDATES), members.length)
      .filter((document) => columns.documents[document] !== undefined);
    const inStock = latest.filter((document) => (columns.available.items[document] as number) > 0);
    const found = { inStock: lowestRanked(inStock, ranks, 0, limit), all: lowestRanked(latest, ranks, 0, limit) };
    best.set(name, found);
    return found;
  };
  const forget = (): void => {
    results.clear();
    keptHits = 0;
    best.clear();
  };

  const search = (asked: Search): Found => {
    const found = find(asked);
    const { documents, next } =
      asked.sort === "relevance" ? pageByScore(columns, found, asked) : pageByRank(sorter, columns, found, asked);
    return { ...found, page: documents.map(hitOf), next };
  };

  return {
    columns,
    search,

    put(product: CatalogueProduct): void {
      putProduct(columns, product);
      sorter.changed();
      forget();
    },
    remove(id: string): void {
      removeProduct(columns, id);
      sorter.changed();
      forget();
    },
    putStock(sku: string, available: number): void {
      if (putStock(columns, sku, available)) forget();
    },

    get(id: string): Hit | undefined {
      const number = columns.numberOf.get(id);
      return number === undefined ? undefined : hitOf(number);
    },

    /** Changes whenever the product does; undefined for a product that is not known here. */
    versionOf(slug: string): string | undefined {
      const number = columns.numberOfSlug.get(slug);
      return number === undefined ? undefined : columns.documents[number]?.updatedAt.getTime().toString(36);
    },

    /** Up to `limit` others of the same category, of its latest members: what can be bought, then what is rated best. */
    related(id: string, market: Market, limit: number): Hit[] {
      const own = columns.numberOf.get(id) ?? -1;
      const [categoryId = ""] = columns.documents[own]?.categoryIds ?? [];
      const { inStock, all } = bestMembers(categoryId, market, limit + 1);
      const isOther = (document: number) => document !== own;
      const buyable = inStock.filter(isOther);
      return (buyable.length >= limit ? buyable : all.filter(isOther)).slice(0, limit).map(hitOf);
    },

    /** Gets ready for the next requests, in steps between which others can have their turn. */
    prepare: () => sorter.prepare(),

    /** By text alone, in the order of relevance. */
    mostRelevant(q: string, market: Market, limit: number): Hit[] {
      return search({ ...market, ...EVERYTHING, q, sort: "relevance", cursor: undefined, limit }).page;
    },

    completions: (q: string, { locale }: Market, limit: number): string[] =>
      columns.texts[locale].completions(q, limit),

    *categoriesOfProducts(): Generator<string[]> {
      for (const product of columns.documents) if (product) yield product.categoryIds;
    },

    /** Equal in every replica that knows the same products, or the same stock. */
    cataloguePrint: (): string => columns.cataloguePrint.toString(36),
    stockPrint: (): string => columns.stockPrint.toString(36),
    available: (sku: string): number => columns.stock.get(sku) ?? 0,
    productCount: (): number => columns.numberOf.size,
    /** How much of the index is left-overs of products that changed. */
    deadCount: (): number => columns.documents.length - columns.numberOf.size,
  };
}

interface Page {
  documents: number[];
  next: Cursor | null;
}

function pageByScore(columns: ProductColumns, { hits, scores: known }: Narrowed, { q, cursor, limit }: Search): Page {
  // Without a query nothing is more relevant than anything else.
  const scores = q === "" ? new Float32Array(hits.length) : known;
  const idOf = (document: number) => columns.documents[document]?.id ?? "";
  const after = cursor && { score: Number(cursor.key), id: cursor.id };
  const positions = bestScored(hits, scores, idOf, after, limit + 1);
  const documents = positions.map((position) => hits[position] as number);
  const last = positions[limit - 1];
  if (positions.length <= limit || last === undefined) return { documents, next: null };
  const next = { sort: "relevance" as const, key: scores[last] as number, id: idOf(hits[last] as number) };
  return { documents: documents.slice(0, limit), next };
}

function pageByRank(sorter: Sorter, columns: ProductColumns, { hits }: Narrowed, search: Search): Page {
  const { sort, cursor, limit } = search;
  if (sort === "relevance") throw new Error("relevance is not a rank");
  const order = sorter.order(sort, search);
  const firstRank = cursor ? order.rankAfter(cursor.key, cursor.id) : 0;
  const documents = lowestRanked(hits, order.ranks, firstRank, limit + 1);
  const last = documents[limit - 1];
  if (documents.length <= limit || last === undefined) return { documents, next: null };
  const next = { sort, key: sorter.keyOf(sort, search, last), id: columns.documents[last]?.id ?? "" };
  return { documents: documents.slice(0, limit), next };
}
