import { changeAt } from "./document-change.ts";
import { compileExpression } from "./expressions.ts";
import { badValue, MongoError } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { type Path, splitPath, valueAt } from "./paths.ts";
import { elementTest } from "./positional.ts";
import { compileElement } from "./query.ts";
import { type Doc, isDoc } from "./values.ts";

export type Project = (doc: Doc) => Doc;

/** The fields to keep or drop, as a tree over the parts of their paths. */
type FieldTree = Map<string, FieldTree | true>;

/** A field whose value is worked out: from the document before projection. */
interface Computed {
  path: Path;
  value: (doc: Doc) => unknown;
}

interface ProjectionParts {
  mode: "include" | "exclude";
  tree: FieldTree;
  computed: Computed[];
  keepsId: boolean;
}

/**
 * Compiles a projection of `find`, `findAndModify` or `$project`; the filter says which element `array.$` means.
 * Throws 31253 or 31254 for a mixture of inclusion and exclusion.
 */
export function compileProjection(projection: unknown, filter: Doc = {}, variables: Doc = {}): Project {
  if (projection === undefined || projection === null) return (doc) => doc;
  if (!isDoc(projection)) throw badValue("projection must be an object");
  if (Object.keys(projection).length === 0) return (doc) => doc;
  const { mode, tree, computed, keepsId } = readProjection(projection, filter, variables);
  const shape = (doc: Doc): Doc => {
    if (mode === "exclude")
      return (keepsId ? excluded(doc, tree) : excluded(doc, new Map([...tree, ["_id", true]]))) as Doc;
    const { _id: id, ...fields } = included(doc, tree) as Doc;
    const kept = keepsId ? doc._id : undefined;
    return kept === undefined ? fields : { _id: kept, ...(id === undefined ? fields : fields) };
  };
  if (computed.length === 0) return shape;
  return (doc) => computed.reduce((result, { path, value }) => changeAt(result, path, () => value(doc)), shape(doc));
}

function readProjection(projection: Doc, filter: Doc, variables: Doc): ProjectionParts {
  const tree: FieldTree = new Map();
  const computed: Computed[] = [];
  let mode: ProjectionParts["mode"] | undefined;
  let keepsId = true;
  const decide = (wanted: ProjectionParts["mode"], field: string) => {
    if (mode !== undefined && mode !== wanted) throw mixed(wanted, field);
    mode = wanted;
  };
  for (const [field, value] of Object.entries(flattened(projection))) {
    const flag = flagOf(value);
    if (field === "_id" && flag !== undefined) keepsId = flag;
    else if (field.endsWith(".$")) {
      decide("include", field);
      computed.push(positional(field.slice(0, -2), filter));
    } else if (flag !== undefined) {
      decide(flag ? "include" : "exclude", field);
      addToTree(tree, splitPath(field));
    } else {
      const item = computedField(field, value, variables);
      if (item.isInclusion) decide("include", field);
      computed.push(item);
    }
  }
  if (mode === undefined) mode = onlyFlagIs(projection, keepsId) ? "include" : "exclude";
  return { mode, tree, computed, keepsId };
}

// `{ _id: 1 }` alone includes; `{ _id: 0 }` and `{ array: { $slice } }` alone leave the other fields.
const onlyFlagIs = (projection: Doc, keepsId: boolean): boolean => "_id" in projection && keepsId;

const flagOf = (value: unknown): boolean | undefined =>
  typeof value === "boolean" ? value : isNumeric(value) ? toNumber(value) !== 0 : undefined;

const mixed = (wanted: "include" | "exclude", field: string): MongoError =>
  wanted === "include"
    ? new MongoError(31253, "Location31253", `Cannot do inclusion on field ${field} in exclusion projection`)
    : new MongoError(31254, "Location31254", `Cannot do exclusion on field ${field} in inclusion projection`);

// `{ a: { b: 1 } }` is another way to write `{ "a.b": 1 }`.
function flattened(projection: Doc, prefix = ""): Doc {
  return Object.fromEntries(
    Object.entries(projection).flatMap(([field, value]) => {
      const isNested =
        isDoc(value) && Object.keys(value).length > 0 && !(Object.keys(value)[0] as string).startsWith("$");
      return isNested ? Object.entries(flattened(value, `${prefix}${field}.`)) : [[prefix + field, value]];
    }),
  );
}

function addToTree(tree: FieldTree, path: Path): void {
  let node = tree;
  for (const [i, part] of path.entries()) {
    const next = node.get(part);
    const isLast = i === path.length - 1;
    if (next === true || (next && isLast))
      throw new MongoError(31249, "Location31249", `Path collision at ${path.join(".")}`);
    if (isLast) node.set(part, true);
    else if (next) node = next;
    else {
      const child: FieldTree = new Map();
      node.set(part, child);
      node = child;
    }
  }
}

function included(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value))
    return value.filter((item) => isDoc(item) || Array.isArray(item)).map((item) => included(item, tree));
  if (!isDoc(value)) return undefined;
  const result: Doc = {};
  for (const field of Object.keys(value)) {
    const subtree = tree.get(field);
    const kept = subtree === undefined ? undefined : subtree === true ? value[field] : included(value[field], subtree);
    if (kept !== undefined) result[field] = kept;
  }
  return result;
}

function excluded(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) return value.map((item) => excluded(item, tree));
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const field of Object.keys(value)) {
    const subtree = tree.get(field);
    if (subtree !== true) result[field] = subtree ? excluded(value[field], subtree) : value[field];
  }
  return result;
}

function positional(arrayPath: string, filter: Doc): Computed {
  const path = splitPath(arrayPath);
  const test = elementTest(filter, arrayPath);
  if (!test)
    throw new MongoError(
      51246,
      "Location51246",
      "Executor error during find command: positional operator '.$' couldn't find a matching element in the array",
    );
  return {
    path,
    value: (doc) => {
      const array = valueAt(doc, path);
      return Array.isArray(array) ? array.filter((element) => test(element)).slice(0, 1) : array;
    },
  };
}

function computedField(field: string, value: unknown, variables: Doc): Computed & { isInclusion: boolean } {
  const path = splitPath(field);
  if (isDoc(value) && "$elemMatch" in value) {
    const test = compileElement(value.$elemMatch);
    const pick = (doc: Doc) => {
      const array = valueAt(doc, path);
      const found = Array.isArray(array) ? array.find((element) => test(element)) : undefined;
      return found === undefined ? undefined : [found];
    };
    return { path, value: pick, isInclusion: true };
  }
  if (isDoc(value) && "$slice" in value && isFindSlice(value.$slice)) {
    return { path, value: slicer(path, value.$slice), isInclusion: false };
  }
  return { path, value: compileExpression(value, variables), isInclusion: true };
}

const isFindSlice = (operand: unknown): boolean =>
  isNumeric(operand) || (Array.isArray(operand) && operand.length === 2 && operand.every(isNumeric));

function slicer(path: Path, operand: unknown): (doc: Doc) => unknown {
  const [skip, count] = Array.isArray(operand) ? operand.map(toNumber) : [undefined, toNumber(operand)];
  return (doc) => {
    const array = valueAt(doc, path);
    if (!Array.isArray(array) || count === undefined) return array;
    if (skip !== undefined) {
      const start = skip < 0 ? Math.max(array.length + skip, 0) : skip;
      return array.slice(start, start + count);
    }
    return count < 0 ? array.slice(count) : array.slice(0, count);
  };
}
