import type { Bound, FieldBounds, FilterBounds } from "./bounds.ts";
import { compareValues, typeRank } from "./compare.ts";
import type { IndexKey } from "./index-keys.ts";
import { countBetween, type Position, positionOf } from "./ordered-entries.ts";
import { compareKeys, type Entry, isNullish, type SecondaryIndex } from "./secondary-index.ts";

export interface Span {
  from: Position;
  to: Position;
}

/** The parts of an index that can hold matches, in index order. */
export interface IndexScan {
  index: SecondaryIndex;
  spans: Span[];
  /** Entries in the spans: the most documents this scan looks at. */
  count: number;
  /** Leading fields held to a single value: the rest of the index orders what is found. */
  fixedFields: number;
}

const MAX_SPANS = 20_000;

/** How an index narrows the filter: equalities on leading fields, then one range. Undefined when it can't be used. */
export function scanOf(index: SecondaryIndex, bounds: FilterBounds, filterImplies: boolean): IndexScan | undefined {
  if (!isComplete(index, bounds, filterImplies)) return undefined;
  let prefixes: IndexKey[] = [[]];
  let fixedFields = 0;
  let arraysUsed = 0;
  for (const [i, field] of index.fields.entries()) {
    const wanted = bounds.get(field);
    if (!wanted || (index.multikey[i] && ++arraysUsed > 1)) break;
    if (!wanted.points) return finish(index, rangeSpans(index, prefixes, i, wanted), fixedFields);
    const points = distinctPoints(wanted.points, index.directions[i] as number);
    if (points.length * prefixes.length > MAX_SPANS) break;
    if (points.length === 1 && fixedFields === i) fixedFields = i + 1;
    prefixes = prefixes.flatMap((prefix) => points.map((point) => [...prefix, point]));
  }
  return finish(
    index,
    prefixes.map((prefix) => spanOf(index, prefix)),
    fixedFields,
  );
}

// Sparse and partial indexes lack documents: usable only when the filter cannot mean those.
function isComplete({ spec, fields }: SecondaryIndex, bounds: FilterBounds, filterImplies: boolean): boolean {
  if (spec.partialFilterExpression && !filterImplies) return false;
  return !spec.sparse || fields.some((field) => demandsValue(bounds.get(field)));
}

export const demandsValue = (wanted: FieldBounds | undefined): boolean =>
  wanted !== undefined && (wanted.points ? !wanted.points.some(isNullish) : Boolean(wanted.lower ?? wanted.upper));

function distinctPoints(points: unknown[], direction: number): unknown[] {
  if (points.length === 1) return points;
  const sorted = points.toSorted((a, b) => compareValues(a, b) * direction);
  return sorted.filter((point, i) => i === 0 || compareValues(point, sorted[i - 1]) !== 0);
}

function finish(index: SecondaryIndex, spans: Span[], fixedFields: number): IndexScan {
  const count = spans.reduce((sum, { from, to }) => sum + countBetween(index.entries, from, to), 0);
  return { index, spans, count, fixedFields };
}

function spanOf({ entries, directions }: SecondaryIndex, prefix: IndexKey): Span {
  return {
    from: positionOf(entries, (entry) => compareKeys(entry.key, prefix, directions) >= 0),
    to: positionOf(entries, (entry) => compareKeys(entry.key, prefix, directions) > 0),
  };
}

// In an index with arrays, the two ends of a range may be met by different elements: only one end narrows.
function rangeSpans(index: SecondaryIndex, prefixes: IndexKey[], at: number, wanted: FieldBounds): Span[] {
  const lower = wanted.lower;
  const upper = index.multikey[at] && lower ? undefined : wanted.upper;
  const direction = index.directions[at] as number;
  const isBefore = (entry: Entry) => lower !== undefined && order(entry.key[at], lower) < (lower.inclusive ? 0 : 1);
  const isAfter = (entry: Entry) => upper !== undefined && order(entry.key[at], upper) > (upper.inclusive ? 0 : -1);
  const bracket = typeRank((lower ?? upper)?.value);
  const start = (entry: Entry) => typeRank(entry.key[at]) >= bracket && !isBefore(entry);
  const end = (entry: Entry) => typeRank(entry.key[at]) > bracket || isAfter(entry);
  const [first, last] =
    direction === 1 ? [start, end] : [(entry: Entry) => !end(entry), (entry: Entry) => !start(entry)];
  return prefixes.map((prefix) => {
    const prefixOrder = (entry: Entry) => compareKeys(entry.key, prefix, index.directions);
    return {
      from: positionOf(index.entries, (entry) => prefixOrder(entry) > 0 || (prefixOrder(entry) === 0 && first(entry))),
      to: positionOf(index.entries, (entry) => prefixOrder(entry) > 0 || (prefixOrder(entry) === 0 && last(entry))),
    };
  });
}

const order = (value: unknown, bound: Bound): number => compareValues(value, bound.value);
