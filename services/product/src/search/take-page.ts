/** The `limit` hits of lowest rank from `firstRank` on, in order. One pass; cheap because `limit` is small. */
export function lowestRanked(hits: Uint32Array, ranks: Uint32Array, firstRank: number, limit: number): number[] {
  const taken: number[] = [];
  let worst = Number.POSITIVE_INFINITY;
  for (let i = 0; i < hits.length; i++) {
    const document = hits[i] as number;
    const rank = ranks[document] as number;
    if (rank < firstRank || rank >= worst) continue;
    insertSorted(taken, document, (other) => rank < (ranks[other] as number));
    if (taken.length > limit) taken.pop();
    if (taken.length === limit) worst = ranks[taken[limit - 1] as number] as number;
  }
  return taken;
}

export interface Scored {
  score: number;
  id: string;
}

/** The `limit` best hits after `after`, in order: higher scores first, equal ones by id. */
export function bestScored(
  hits: Uint32Array,
  scores: Float32Array,
  idOf: (document: number) => string,
  after: Scored | undefined,
  limit: number,
): number[] {
  const isBefore = (scoreA: number, idA: string, scoreB: number, idB: string) =>
    scoreA === scoreB ? idA < idB : scoreA > scoreB;
  const taken: number[] = []; // positions in hits
  let worst = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < hits.length; i++) {
    const score = scores[i] as number;
    if (score < worst || (after && score > after.score)) continue;
    const id = idOf(hits[i] as number);
    if (after && !isBefore(after.score, after.id, score, id)) continue;
    insertSorted(taken, i, (other) => isBefore(score, id, scores[other] as number, idOf(hits[other] as number)));
    if (taken.length > limit) taken.pop();
    if (taken.length === limit) worst = scores[taken[limit - 1] as number] as number;
  }
  return taken;
}

function insertSorted(list: number[], item: number, goesBefore: (other: number) => boolean): void {
  let at = list.length;
  while (at > 0 && goesBefore(list[at - 1] as number)) at--;
  list.splice(at, 0, item);
}
