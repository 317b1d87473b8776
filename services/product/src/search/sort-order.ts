import type { ProductSort } from "@tradepost/contracts/product";

export type SortKey = number | string;
/** `relevance` has no fixed order: it depends on the query. */
export type FixedSort = Exclude<ProductSort, "relevance">;

export interface SortOrder {
  /** Position of each document; meaningless for those that are gone. */
  ranks: Uint32Array;
  /** How many documents come before, or are, the one with this key and id: works for one that is gone, too. */
  rankAfter(key: SortKey, id: string): number;
}

export interface Sortable {
  keyOf(document: number): SortKey;
  idOf(document: number): string;
}

/** Sorts by key, then id. `earlier` is the order before some documents were added or taken away: it is nearly right. */
export function createSortOrder(
  { keyOf, idOf }: Sortable,
  live: readonly number[],
  documentCount: number,
): SortOrder & { documents: number[] } {
  const compare = (keyA: SortKey, idA: string, keyB: SortKey, idB: string): number => {
    if (keyA !== keyB) return keyA < keyB ? -1 : 1;
    if (idA === idB) return 0;
    return idA < idB ? -1 : 1;
  };
  const documents = live.slice().sort((a, b) => compare(keyOf(a), idOf(a), keyOf(b), idOf(b)));
  const ranks = new Uint32Array(documentCount);
  for (const [rank, document] of documents.entries()) ranks[document] = rank;

  return {
    documents,
    ranks,
    rankAfter(key, id) {
      let low = 0;
      let high = documents.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const document = documents[middle] as number;
        if (compare(keyOf(document), idOf(document), key, id) <= 0) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
