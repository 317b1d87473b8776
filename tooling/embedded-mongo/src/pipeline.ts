import type { Collection } from "./collection.ts";
import { lookupStage } from "./lookup-stage.ts";
import { MongoError } from "./mongo-error.ts";
import {
  addFieldsStage,
  countStage,
  groupStage,
  type PipelineScope,
  projectStage,
  replaceRootStage,
  type Stage,
  sampleStage,
  sortStage,
  unsetStage,
  unwindStage,
  wholeNumber,
} from "./pipeline-stages.ts";
import { compileFilter } from "./query.ts";
import { type Selection, selectSlots } from "./selection.ts";
import { parseSort } from "./sort.ts";
import { type Doc, isDoc } from "./values.ts";

/** Runs a pipeline on a collection; a leading `$match`, `$sort`, `$skip` and `$limit` use its indexes. */
export function aggregate(collection: Collection | undefined, pipeline: unknown[], scope: PipelineScope): Doc[] {
  const { selection, rest } = leadingSelection(pipeline);
  const run = compilePipeline(rest, scope);
  compileFilter(selection.filter, scope.variables);
  return run(
    collection ? selectSlots(collection, { ...selection, variables: scope.variables }).map(({ doc }) => doc) : [],
  );
}

interface LeadingSelection {
  selection: Selection & { filter: Doc };
  rest: unknown[];
}

function leadingSelection(pipeline: unknown[]): LeadingSelection {
  const selection: LeadingSelection["selection"] = { filter: {} };
  let at = 0;
  const next = (operator: string): unknown => {
    const stage = pipeline[at];
    if (!isDoc(stage) || Object.keys(stage).join() !== operator) return undefined;
    at += 1;
    return stage[operator];
  };
  const match = next("$match");
  if (isDoc(match)) selection.filter = match;
  else if (match !== undefined)
    throw new MongoError(15959, "Location15959", "the match filter must be an expression in an object");
  const sort = next("$sort");
  if (isDoc(sort) && Object.keys(sort).length > 0) selection.sort = parseSort(sort);
  else if (sort !== undefined) at -= 1;
  const skip = next("$skip");
  if (skip !== undefined) selection.skip = wholeNumber("$skip", skip, 0);
  const limit = next("$limit");
  if (limit !== undefined) selection.limit = wholeNumber("$limit", limit, 1);
  return { selection, rest: pipeline.slice(at) };
}

/** Compiles a pipeline. Throws 40323 or 40324 for stages that are malformed or not supported. */
export function compilePipeline(pipeline: unknown[], scope: PipelineScope): Stage {
  const stages = pipeline.map((stage) => {
    const [operator = "", ...others] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || others.length > 0) {
      throw new MongoError(
        40323,
        "Location40323",
        "A pipeline stage specification object must contain exactly one field.",
      );
    }
    return compileStage(operator, stage[operator], scope);
  });
  return (docs) => stages.reduce((input, stage) => stage(input), docs);
}

function compileStage(operator: string, spec: unknown, scope: PipelineScope): Stage {
  const { variables } = scope;
  switch (operator) {
    case "$match":
      return matchStage(spec, variables);
    case "$sort":
      return sortStage(spec);
    case "$skip":
      return sliceStage(wholeNumber("$skip", spec, 0));
    case "$limit":
      return sliceStage(0, wholeNumber("$limit", spec, 1));
    case "$project":
      return projectStage(spec, variables);
    case "$addFields":
    case "$set":
      return addFieldsStage(spec, variables);
    case "$unset":
      return unsetStage(spec);
    case "$group":
      return groupStage(spec, variables);
    case "$unwind":
      return unwindStage(spec);
    case "$count":
      return countStage(spec);
    case "$sortByCount":
      return compilePipeline([{ $group: { _id: spec, count: { $sum: 1 } } }, { $sort: { count: -1 } }], scope);
    case "$replaceRoot":
      return replaceRootStage(isDoc(spec) ? spec.newRoot : undefined, variables);
    case "$replaceWith":
      return replaceRootStage(spec, variables);
    case "$sample":
      return sampleStage(spec);
    case "$facet":
      return facetStage(spec, scope);
    case "$lookup":
      return lookupStage(spec, scope, { aggregate, compilePipeline });
    default:
      throw new MongoError(
        40324,
        "Location40324",
        `Unrecognized pipeline stage name: '${operator}' (not supported by the embedded MongoDB server)`,
      );
  }
}

const sliceStage =
  (skip: number, limit = Number.POSITIVE_INFINITY): Stage =>
  (docs) =>
    docs.slice(skip, skip + limit);

function matchStage(spec: unknown, variables: Doc): Stage {
  if (!isDoc(spec)) throw new MongoError(15959, "Location15959", "the match filter must be an expression in an object");
  const matches = compileFilter(spec, variables);
  return (docs) => docs.filter(matches);
}

function facetStage(spec: unknown, scope: PipelineScope): Stage {
  if (!isDoc(spec)) throw new MongoError(40169, "Location40169", "the $facet specification must be a non-empty object");
  const facets = Object.entries(spec).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline))
      throw new MongoError(40170, "Location40170", `arguments to $facet must be arrays, ${name} is not`);
    return { name, run: compilePipeline(pipeline, scope) };
  });
  return (docs) => [Object.fromEntries(facets.map(({ name, run }) => [name, run(docs)]))];
}
