import { type Collection, slotById } from "./collection.ts";
import { compareValues } from "./compare.ts";
import { scanBetween } from "./ordered-entries.ts";
import { type Plan, planQuery } from "./planner.ts";
import { compileFilter } from "./query.ts";
import type { Slot } from "./slot.ts";
import { createSorter, type SortField } from "./sort.ts";
import type { Doc } from "./values.ts";

export interface Selection {
  filter: Doc;
  sort?: SortField[];
  skip?: number;
  /** 0 or missing: no limit. */
  limit?: number;
  /** What `$$name` means in the filter's `$expr`. */
  variables?: Doc;
}

/** The slots whose documents match, sorted, skipped and limited. */
export function selectSlots(
  collection: Collection,
  { filter, sort = [], skip = 0, limit = 0, variables = {} }: Selection,
): Slot[] {
  const matches = compileFilter(filter, variables);
  const wanted = limit > 0 ? skip + limit : Number.POSITIVE_INFINITY;
  const plan = planQuery(collection, { filter, sort, wanted });
  if (sort.length > 0 && !(plan.kind === "index" && plan.ordered)) {
    const sorter = createSorter<Slot>(sort, (slot) => slot.doc, wanted);
    for (const slot of inNaturalOrder(collection, plan)) if (matches(slot.doc)) sorter.add(slot);
    return sorter.sorted().slice(skip);
  }
  const found: Slot[] = [];
  visitPlan(collection, plan, (slot) => {
    if (matches(slot.doc)) found.push(slot);
    return found.length >= wanted;
  });
  return skip > 0 ? found.slice(skip) : found;
}

/** How many documents match, without keeping them. */
export function countMatches(collection: Collection, { filter, skip = 0, limit = 0 }: Selection): number {
  if (Object.keys(filter).length === 0) return clipped(collection.slots.size, skip, limit);
  const matches = compileFilter(filter);
  let count = 0;
  visitPlan(collection, planQuery(collection, { filter, sort: [], wanted: Number.POSITIVE_INFINITY }), (slot) => {
    if (matches(slot.doc)) count += 1;
    return false;
  });
  return clipped(count, skip, limit);
}

const clipped = (count: number, skip: number, limit: number): number => {
  const rest = Math.max(count - skip, 0);
  return limit > 0 ? Math.min(rest, limit) : rest;
};

// Ties of a sort come out in order of insertion whichever index found the documents.
function inNaturalOrder(collection: Collection, plan: Plan): Iterable<Slot> {
  if (plan.kind === "collection") return collection.slots.values();
  const slots: Slot[] = [];
  visitPlan(collection, plan, (slot) => {
    slots.push(slot);
    return false;
  });
  return slots.sort((a, b) => a.sequence - b.sequence);
}

/** Visits each slot that the plan may mean, once, until `visit` returns true. */
function visitPlan(collection: Collection, plan: Plan, visit: (slot: Slot) => boolean): void {
  if (plan.kind === "collection") {
    for (const slot of collection.slots.values()) if (visit(slot)) return;
  } else if (plan.kind === "ids") {
    const slots = new Set(plan.ids.toSorted(compareValues).map((id) => slotById(collection, id)));
    for (const slot of slots) if (slot && visit(slot)) return;
  } else if (plan.kind === "union") {
    visitUnion(collection, plan.plans, visit);
  } else {
    visitIndex(plan, visit);
  }
}

function visitUnion(collection: Collection, plans: Plan[], visit: (slot: Slot) => boolean): void {
  const seen = new Set<Slot>();
  for (const plan of plans) {
    let stopped = false;
    visitPlan(collection, plan, (slot) => {
      if (seen.has(slot)) return false;
      seen.add(slot);
      stopped = visit(slot);
      return stopped;
    });
    if (stopped) return;
  }
}

function visitIndex(
  { scan: { index, spans }, backwards }: Plan & { kind: "index" },
  visit: (slot: Slot) => boolean,
): void {
  const seen = index.multikey.some(Boolean) ? new Set<Slot>() : undefined;
  for (const { from, to } of spans) {
    const stopped = scanBetween(index.entries, from, to, backwards, ({ slot }) => {
      if (seen?.has(slot)) return false;
      seen?.add(slot);
      return visit(slot);
    });
    if (stopped) return;
  }
}
