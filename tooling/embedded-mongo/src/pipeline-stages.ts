import { type Accumulator, compileAccumulator } from "./accumulators.ts";
import type { Collection } from "./collection.ts";
import { changeAt } from "./document-change.ts";
import { compileExpression } from "./expressions.ts";
import { MongoError } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { type Path, splitPath, valueAt } from "./paths.ts";
import { compileProjection } from "./projection.ts";
import { createSorter, parseSort } from "./sort.ts";
import { valueKey } from "./value-key.ts";
import { type Doc, isDoc } from "./values.ts";

export type Stage = (docs: Doc[]) => Doc[];

/** What stages may refer to beside their input. */
export interface PipelineScope {
  collection: (name: unknown) => Collection | undefined;
  variables: Doc;
}

export function sortStage(spec: unknown): Stage {
  const fields = parseSort(spec);
  if (fields.length === 0) throw new MongoError(15976, "Location15976", "$sort stage must have at least one sort key");
  return (docs) => {
    const sorter = createSorter<Doc>(fields, (doc) => doc);
    for (const doc of docs) sorter.add(doc);
    return sorter.sorted();
  };
}

export function wholeNumber(name: string, value: unknown, least: number): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number) || number < least)
    throw new MongoError(5107201, "Location5107201", `invalid argument to ${name} stage: ${value}`);
  return number;
}

export function projectStage(spec: unknown, variables: Doc): Stage {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    throw new MongoError(51272, "Location51272", "projection specification must have at least one field");
  const project = compileProjection(spec, {}, variables);
  return (docs) => docs.map(project);
}

export function addFieldsStage(spec: unknown, variables: Doc): Stage {
  if (!isDoc(spec)) throw new MongoError(40272, "Location40272", "$addFields specification stage must be an object");
  const fields = Object.entries(spec).map(([name, value]) => ({
    path: splitPath(name),
    value: compileExpression(value, variables),
  }));
  return (docs) =>
    docs.map((doc) =>
      fields.reduce((result, { path, value }) => {
        const computed = value(doc);
        return changeAt(result, path, () => computed, computed !== undefined);
      }, doc),
    );
}

export function unsetStage(spec: unknown): Stage {
  const names = Array.isArray(spec) ? spec : [spec];
  if (!names.every((name) => typeof name === "string"))
    throw new MongoError(31002, "Location31002", "$unset specification must be a string or an array");
  const project = compileProjection(Object.fromEntries(names.map((name) => [name, 0])));
  return (docs) => docs.map(project);
}

export function countStage(name: unknown): Stage {
  if (typeof name !== "string" || name === "" || /[.$]/.test(name))
    throw new MongoError(40156, "Location40156", "the count field must be a non-empty string");
  return (docs) => (docs.length === 0 ? [] : [{ [name]: docs.length }]);
}

export function replaceRootStage(expression: unknown, variables: Doc): Stage {
  const evaluate = compileExpression(expression, variables);
  return (docs) =>
    docs.map((doc) => {
      const root = evaluate(doc);
      if (!isDoc(root)) throw new MongoError(40228, "Location40228", "'newRoot' expression must evaluate to an object");
      return root;
    });
}

export function groupStage(spec: unknown, variables: Doc): Stage {
  if (!isDoc(spec) || !("_id" in spec))
    throw new MongoError(15955, "Location15955", "a group specification must include an _id");
  const { _id: idExpression, ...rest } = spec;
  const idOf = compileExpression(idExpression, variables);
  const fields = Object.entries(rest).map(([name, value]) => ({
    name,
    create: compileAccumulator(name, value, variables),
  }));
  return (docs) => {
    const groups = new Map<unknown, { id: unknown; accumulators: Accumulator[] }>();
    for (const doc of docs) {
      const id = idOf(doc) ?? null;
      const key = valueKey(id);
      let group = groups.get(key);
      if (!group) {
        group = { id, accumulators: fields.map(({ create }) => create()) };
        groups.set(key, group);
      }
      for (const accumulator of group.accumulators) accumulator.add(doc);
    }
    return [...groups.values()].map(
      ({ id, accumulators }): Doc => ({
        _id: id,
        ...Object.fromEntries(accumulators.map((accumulator, i) => [fields[i]?.name ?? "", accumulator.result()])),
      }),
    );
  };
}

export function unwindStage(spec: unknown): Stage {
  const {
    path: reference,
    includeArrayIndex,
    preserveNullAndEmptyArrays = false,
  } = isDoc(spec) ? spec : { path: spec };
  if (typeof reference !== "string" || !/^\$[^$]/.test(reference)) {
    throw new MongoError(
      28818,
      "Location28818",
      `path option to $unwind stage should be prefixed with a '$': ${reference}`,
    );
  }
  const path = splitPath(reference.slice(1));
  const indexPath = typeof includeArrayIndex === "string" ? splitPath(includeArrayIndex) : undefined;
  return (docs) => docs.flatMap((doc) => unwound(doc, path, indexPath, preserveNullAndEmptyArrays === true));
}

function unwound(doc: Doc, path: Path, indexPath: Path | undefined, preserve: boolean): Doc[] {
  const numbered = (result: Doc, index: number | null) =>
    indexPath ? changeAt(result, indexPath, () => index) : result;
  const value = valueAt(doc, path);
  if (Array.isArray(value)) {
    if (value.length === 0)
      return preserve
        ? [
            numbered(
              changeAt(doc, path, () => undefined, false),
              null,
            ),
          ]
        : [];
    return value.map((element, index) =>
      numbered(
        changeAt(doc, path, () => element),
        index,
      ),
    );
  }
  const isMissing = value === undefined || value === null;
  return isMissing && !preserve ? [] : [numbered(doc, null)];
}

export function sampleStage(spec: unknown): Stage {
  const size = wholeNumber("$sample", isDoc(spec) ? spec.size : spec, 1);
  return (docs) => {
    const rest = docs.slice();
    const picked: Doc[] = [];
    while (picked.length < size && rest.length > 0) {
      picked.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
    }
    return picked;
  };
}
