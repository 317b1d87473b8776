import { compareValues, TypeRank, typeRank } from "./compare.ts";
import { type Doc, isDoc } from "./values.ts";

/** What a filter demands of one field, as far as an index can use it; always a superset of what matches. */
export interface FieldBounds {
  points?: unknown[];
  lower?: Bound;
  upper?: Bound;
}

export interface Bound {
  value: unknown;
  inclusive: boolean;
}

export type FilterBounds = Map<string, FieldBounds>;

const MAX_POINTS = 10_000;

/** Reads equalities, ranges and anchored patterns from a filter's fields, its `$and` and its `$elemMatch`. */
export function filterBounds(filter: Doc, prefix = "", bounds: FilterBounds = new Map()): FilterBounds {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === "$and" && Array.isArray(condition)) {
      for (const branch of condition) if (isDoc(branch)) filterBounds(branch, prefix, bounds);
    } else if (!name.startsWith("$")) {
      addCondition(bounds, prefix + name, condition);
    }
  }
  return bounds;
}

function addCondition(bounds: FilterBounds, field: string, condition: unknown): void {
  if (condition instanceof RegExp) addPrefix(bounds, field, condition.source, condition.flags);
  else if (!isDoc(condition) || !(Object.keys(condition)[0] ?? "").startsWith("$"))
    addPoints(bounds, field, [condition]);
  else
    for (const [operator, operand] of Object.entries(condition))
      addOperator(bounds, field, operator, operand, condition);
}

function addOperator(bounds: FilterBounds, field: string, operator: string, operand: unknown, condition: Doc): void {
  switch (operator) {
    case "$eq":
      addPoints(bounds, field, [operand]);
      break;
    case "$in":
      if (Array.isArray(operand)) addPoints(bounds, field, operand);
      break;
    case "$gt":
    case "$gte":
      addRange(bounds, field, "lower", { value: operand, inclusive: operator === "$gte" });
      break;
    case "$lt":
    case "$lte":
      addRange(bounds, field, "upper", { value: operand, inclusive: operator === "$lte" });
      break;
    case "$regex": {
      const pattern = operand instanceof RegExp ? operand : { source: operand, flags: "" };
      addPrefix(bounds, field, pattern.source, condition.$options ?? pattern.flags);
      break;
    }
    case "$elemMatch":
      if (isDoc(operand) && !(Object.keys(operand)[0] ?? "$").startsWith("$")) {
        filterBounds(operand, `${field}.`, bounds);
      }
  }
}

const isPoint = (value: unknown): boolean => value !== undefined && !Array.isArray(value) && !(value instanceof RegExp);

function addPoints(bounds: FilterBounds, field: string, values: unknown[]): void {
  if (values.length > MAX_POINTS || !values.every(isPoint)) return;
  const known = boundsOf(bounds, field);
  if (!known.points || values.length < known.points.length) known.points = values;
}

function addRange(bounds: FilterBounds, field: string, side: "lower" | "upper", bound: Bound): void {
  const rank = typeRank(bound.value);
  if (rank <= TypeRank.null || rank === TypeRank.array || rank === TypeRank.maxKey) return;
  const known = boundsOf(bounds, field);
  const other = known[side];
  const tighter = other && compareValues(bound.value, other.value) * (side === "lower" ? 1 : -1);
  if (tighter === undefined || tighter > 0 || (tighter === 0 && !bound.inclusive)) known[side] = bound;
}

function addPrefix(bounds: FilterBounds, field: string, source: unknown, flags: unknown): void {
  if (typeof source !== "string" || flags !== "" || source.includes("|")) return;
  const prefix = /^\^([\w \-:/@]+)(?![*?{+])/.exec(source)?.[1];
  if (!prefix) return;
  const last = prefix.length - 1;
  const end = prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
  addRange(bounds, field, "lower", { value: prefix, inclusive: true });
  addRange(bounds, field, "upper", { value: end, inclusive: false });
}

function boundsOf(bounds: FilterBounds, field: string): FieldBounds {
  let known = bounds.get(field);
  if (!known) {
    known = {};
    bounds.set(field, known);
  }
  return known;
}
