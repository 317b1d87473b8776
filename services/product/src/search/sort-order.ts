export type SortKey = number | string;

export interface Sortable {
  /** Per document. */
  keys: ArrayLike<SortKey>;
  /** Whether high keys come first. */
  isDescending: boolean;
  idOf(document: number): string;
}

export interface SortOrder {
  documents: number[];
  /** Position of each document; meaningless for those that are gone. */
  ranks: Uint32Array;
  /** How many documents come before, or are, the one with this key and id: works for one that is gone, too. */
  rankAfter(key: SortKey, id: string): number;
}

/** Sorts by key, equal keys by id. Much faster when `documents` are nearly in order already. */
export function createSortOrder(
  { keys, isDescending, idOf }: Sortable,
  documents: number[],
  documentCount: number,
): SortOrder {
  const lower = isDescending ? 1 : -1;
  documents.sort((a, b) => {
    const keyA = keys[a] as SortKey;
    const keyB = keys[b] as SortKey;
    if (keyA !== keyB) return keyA < keyB ? lower : -lower;
    return idOf(a) < idOf(b) ? -1 : 1;
  });
  const ranks = new Uint32Array(documentCount);
  for (let rank = 0; rank < documents.length; rank++) ranks[documents[rank] as number] = rank;

  const isAfter = (document: number, key: SortKey, id: string): boolean => {
    const own = keys[document] as SortKey;
    if (own === key) return idOf(document) > id;
    return own < key === isDescending;
  };
  return {
    documents,
    ranks,
    rankAfter(key, id) {
      let low = 0;
      let high = documents.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (isAfter(documents[middle] as number, key, id)) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}
