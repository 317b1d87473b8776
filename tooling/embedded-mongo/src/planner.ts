import { type FilterBounds, filterBounds } from "./bounds.ts";
import { type Collection, orderById } from "./collection.ts";
import { equalValues } from "./compare.ts";
import { demandsValue, type IndexScan, scanOf } from "./index-scan.ts";
import type { SecondaryIndex } from "./secondary-index.ts";
import type { SortField } from "./sort.ts";
import { type Doc, isDoc } from "./values.ts";

export type Plan =
  | { kind: "ids"; ids: unknown[] }
  | { kind: "index"; scan: IndexScan; ordered: boolean; backwards: boolean }
  | { kind: "union"; plans: Plan[] }
  | { kind: "collection" };

export interface PlanRequest {
  filter: Doc;
  sort: SortField[];
  /** skip + limit, or Infinity. */
  wanted: number;
}

/** Chooses how to look for the filter's documents: by `_id`, along one index or several, or through the collection. */
export function planQuery(collection: Collection, { filter, sort, wanted }: PlanRequest): Plan {
  const bounds = filterBounds(filter);
  const ids = bounds.get("_id")?.points;
  if (ids) return { kind: "ids", ids };
  const plans = usableIndexes(collection, bounds, sort).flatMap((index) => {
    const scan = scanOf(index, bounds, implies(filter, bounds, index.spec.partialFilterExpression));
    if (!scan) return [];
    const order = sort.length === 0 ? "any" : orderOf(scan, sort);
    const narrows = scan.count < collection.slots.size || bounds.has(index.fields[0] as string);
    if (!narrows && order !== "forwards" && order !== "backwards") return [];
    return [{ scan, order, cost: costOf(scan, order !== undefined, bounds, filter, wanted) }];
  });
  const fullCost = collection.slots.size * (sort.length > 0 ? 2 : 1);
  const best = plans.reduce<(typeof plans)[number] | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
  if (!best || best.cost > fullCost) return unionOf(collection, filter) ?? { kind: "collection" };
  const ordered = best.order === "forwards" || best.order === "backwards";
  return { kind: "index", scan: best.scan, ordered, backwards: best.order === "backwards" };
}

// An `$or` each of whose branches an index narrows is the union of what they find.
function unionOf(collection: Collection, filter: Doc): Plan | undefined {
  if (!Array.isArray(filter.$or)) return undefined;
  const branches = filter.$or.filter(isDoc);
  const plans = branches.map((branch) =>
    planQuery(collection, { filter: branch, sort: [], wanted: Number.POSITIVE_INFINITY }),
  );
  return plans.some(({ kind }) => kind === "collection") ? undefined : { kind: "union", plans };
}

function usableIndexes(collection: Collection, bounds: FilterBounds, sort: SortField[]): SecondaryIndex[] {
  const first = sort[0]?.field;
  const indexes = [...collection.indexes.values()].filter(
    ({ fields: [field = ""] }) => bounds.has(field) || field === first || sort.length > 0,
  );
  return bounds.has("_id") || first === "_id" ? [...indexes, orderById(collection)] : indexes;
}

/** Whether the scan gives the sort's order: after the fields with one value, the index's fields are the sort's. */
function orderOf({ index, fixedFields, spans }: IndexScan, sort: SortField[]): "forwards" | "backwards" | undefined {
  if (index.multikey.some(Boolean) || spans.length > 1) return undefined;
  const fixed = new Set(index.fields.slice(0, fixedFields));
  const rest = sort.filter(({ field }) => !fixed.has(field));
  let sense = 0;
  for (const [i, { field, direction }] of rest.entries()) {
    if (index.fields[fixedFields + i] !== field) return undefined;
    const own = direction * (index.directions[fixedFields + i] as number);
    if (sense !== 0 && own !== sense) return undefined;
    sense = own;
  }
  return sense === -1 ? "backwards" : "forwards";
}

// An ordered scan stops when it has enough: at once when the index answers the whole filter, else somewhere on the way.
function costOf(scan: IndexScan, ordered: boolean, bounds: FilterBounds, filter: Doc, wanted: number): number {
  if (!ordered) return scan.count * 2;
  const answered = Object.keys(filter).every((field) => bounds.has(field) && scan.index.fields.includes(field));
  return answered ? Math.min(scan.count, wanted) : Math.min(scan.count, Math.max(wanted * 10, scan.count / 4));
}

// A partial index serves a filter that states each of its conditions, or demands a value where it says $exists.
function implies(filter: Doc, bounds: FilterBounds, partial: Doc | undefined): boolean {
  if (!partial) return true;
  return Object.entries(partial).every(([field, condition]) => {
    if (field in filter && equalValues(filter[field], condition)) return true;
    return (
      isDoc(condition) &&
      condition.$exists === true &&
      Object.keys(condition).length === 1 &&
      demandsValue(bounds.get(field))
    );
  });
}
