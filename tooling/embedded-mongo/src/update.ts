import { equalValues } from "./compare.ts";
import { changeAt } from "./document-change.ts";
import { badValue, failedToParse, MongoError, notImplemented } from "./mongo-error.ts";
import { type Path, splitPath, valueAt } from "./paths.ts";
import {
  checkFiltersUsed,
  compileArrayFilters,
  concretePaths,
  isPositional,
  type PositionalContext,
} from "./positional.ts";
import { checkOperatorName, currentDate, operandFields, updateOperators } from "./update-operators.ts";
import { type Doc, isDoc } from "./values.ts";

/** One change of one path of one document: what the journal keeps, and can apply again. */
export type UpdateStep = [operator: string, path: string, operand: unknown];

interface Modification {
  operator: string;
  path: Path;
  operand: unknown;
}

export type Update =
  | { kind: "replacement"; doc: Doc }
  | { kind: "modifications"; list: Modification[]; onInsert: Modification[]; context: PositionalContext };

/** Reads the update of a statement. Throws MongoDB's parse errors; update pipelines are answered with 238. */
export function parseUpdate(update: unknown, filter: Doc, arrayFilters: unknown): Update {
  if (Array.isArray(update)) throw notImplemented("an update with an aggregation pipeline");
  if (!isDoc(update)) throw failedToParse("Update argument must be either an object or an array");
  if (!(Object.keys(update)[0] ?? "").startsWith("$")) return { kind: "replacement", doc: checkReplacement(update) };
  const context = { filter, arrayFilters: compileArrayFilters(arrayFilters) };
  const all = Object.entries(update).flatMap(([operator, operand]) => parseOperator(operator, operand));
  checkConflicts(all);
  checkFiltersUsed(
    context.arrayFilters,
    all.map(({ path }) => path),
  );
  const list = all.filter(({ operator }) => operator !== "$setOnInsert").sort(inOrder);
  const onInsert = all
    .filter(({ operator }) => operator === "$setOnInsert")
    .map((item) => ({ ...item, operator: "$set" }));
  return { kind: "modifications", list, onInsert, context };
}

function checkReplacement(doc: Doc): Doc {
  const operator = Object.keys(doc).find((name) => name.startsWith("$"));
  if (operator)
    throw new MongoError(
      52,
      "DollarPrefixedFieldName",
      `The dollar ($) prefixed field '${operator}' is not allowed in the context of an update's replacement document.`,
    );
  return doc;
}

function parseOperator(operator: string, operand: unknown): Modification[] {
  checkOperatorName(operator);
  return Object.entries(operandFields(operator, operand)).map(([name, value]) => {
    const path = splitPath(name);
    const stranger = path.find((part) => part.startsWith("$") && !isPositional(part));
    if (stranger || path[0] === "$")
      throw new MongoError(
        52,
        "DollarPrefixedFieldName",
        `The dollar ($) prefixed field '${stranger ?? "$"}' is not valid for storage.`,
      );
    if (operator === "$rename") checkRename(path, value);
    else if (operator in updateOperators) updateOperators[operator]?.change(value, name);
    return { operator, path, operand: value };
  });
}

function checkRename(source: Path, target: unknown): void {
  if (typeof target !== "string") throw badValue("The 'to' field for $rename must be a string");
  if ([...source, ...splitPath(target)].some(isPositional))
    throw badValue("The source and target field for $rename may not be dynamic");
}

// Also of a rename's target: no path may be another one or lead to it.
function checkConflicts(list: Modification[]): void {
  const names = list.flatMap(({ operator, path, operand }) =>
    operator === "$rename" ? [path, splitPath(String(operand))] : [path],
  );
  const sorted = names.toSorted(comparePaths);
  for (const [i, path] of sorted.entries()) {
    const previous = sorted[i - 1];
    if (previous?.every((part, at) => path[at] === part)) {
      throw new MongoError(
        40,
        "ConflictingUpdateOperators",
        `Updating the path '${path.join(".")}' would create a conflict at '${previous.join(".")}'`,
      );
    }
  }
}

// MongoDB changes fields in the order of their names, which is the order in which new ones are added.
const inOrder = (a: Modification, b: Modification): number => comparePaths(writtenPath(a), writtenPath(b));

const writtenPath = ({ operator, path, operand }: Modification): Path =>
  operator === "$rename" ? splitPath(String(operand)) : path;

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x !== y) return /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** The steps an update takes on a document, positional parts and dates made concrete. */
export function stepsFor(update: Update & { kind: "modifications" }, doc: Doc, isInsert: boolean): UpdateStep[] {
  const list = isInsert ? [...update.list, ...update.onInsert].sort(inOrder) : update.list;
  return list.flatMap(({ operator, path, operand }): UpdateStep[] => {
    if (operator === "$rename") return renameSteps(doc, path, splitPath(operand as string));
    return concretePaths(doc, path, update.context).map((concrete) =>
      operator === "$currentDate"
        ? ["$set", concrete.join("."), currentDate(operand)]
        : [operator, concrete.join("."), operand],
    );
  });
}

function renameSteps(doc: Doc, source: Path, target: Path): UpdateStep[] {
  const value = valueAt(doc, source);
  if (value === undefined) return [];
  for (let length = 1; length < Math.max(source.length, target.length); length++) {
    const crossed = [source.slice(0, length), target.slice(0, length)].some((path) =>
      Array.isArray(valueAt(doc, path)),
    );
    if (crossed) throw badValue("The source and target field of $rename cannot be array elements");
  }
  return [
    ["$unset", source.join("."), ""],
    ["$set", target.join("."), value],
  ];
}

/** Applies steps; gives the same document back when they change nothing. Throws 66 when `_id` would change. */
export function applySteps(doc: Doc, steps: UpdateStep[]): Doc {
  let next = doc;
  for (const [name, path, operand] of steps) {
    const operator = updateOperators[name];
    if (!operator) throw new Error(`unknown update step ${name}`);
    next = changeAt(next, splitPath(path), operator.change(operand, path), operator.createsPath);
  }
  if (doc._id !== undefined && next._id !== doc._id && !equalValues(next._id, doc._id)) throw immutableId();
  return next;
}

/** The replacement with the replaced document's `_id`. Throws 66 when it brings another one. */
export function replacementFor(doc: Doc, replacement: Doc): Doc {
  const { _id: id, ...fields } = replacement;
  if (id !== undefined && doc._id !== undefined && !equalValues(id, doc._id)) throw immutableId();
  const kept = doc._id ?? id;
  return kept === undefined ? fields : { _id: kept, ...fields };
}

const immutableId = () =>
  new MongoError(66, "ImmutableField", "Performing an update on the path '_id' would modify the immutable field '_id'");

/** The document that an upsert starts from: what the filter says fields equal. */
export function upsertSeed(filter: Doc): Doc {
  let seed: Doc = {};
  const read = (part: Doc) => {
    for (const [name, condition] of Object.entries(part)) {
      if (name === "$and" && Array.isArray(condition)) condition.filter(isDoc).forEach(read);
      if (name.startsWith("$") || condition instanceof RegExp) continue;
      const isOperators = isDoc(condition) && (Object.keys(condition)[0] ?? "").startsWith("$");
      const value = isOperators ? condition.$eq : condition;
      if (value !== undefined) seed = changeAt(seed, splitPath(name), () => value);
    }
  };
  read(filter);
  return seed;
}
