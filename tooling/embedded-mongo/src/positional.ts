import { badValue, failedToParse, MongoError } from "./mongo-error.ts";
import { type Path, splitPath, valueAt } from "./paths.ts";
import { compileElement, compileField, compileFilter, type ValueTest } from "./query.ts";
import { type Doc, isDoc } from "./values.ts";

/** What `$`, `$[]` and `$[name]` in an update's paths refer to. */
export interface PositionalContext {
  filter: Doc;
  arrayFilters: Map<string, ValueTest>;
}

export const isPositional = (part: string): boolean => part === "$" || part.startsWith("$[");

/** Compiles `arrayFilters`, by the identifier that each speaks of. Throws 9 when one speaks of none or several. */
export function compileArrayFilters(filters: unknown): Map<string, ValueTest> {
  const compiled = new Map<string, ValueTest>();
  for (const filter of Array.isArray(filters) ? filters : []) {
    if (!isDoc(filter)) throw failedToParse("an array filter must be a document");
    const names = new Set(identifiersIn(filter));
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw failedToParse("Error parsing array filter: expected a single top-level field name");
    if (compiled.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    const matches = compileFilter(filter);
    compiled.set(name, (element) => matches({ [name]: element }));
  }
  return compiled;
}

const identifiersIn = (filter: Doc): string[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    if (!name.startsWith("$")) return [splitPath(name)[0] as string];
    return Array.isArray(value) ? value.filter(isDoc).flatMap(identifiersIn) : [];
  });

/** The paths, without positional parts, that a path means in a document. */
export function concretePaths(doc: Doc, path: Path, context: PositionalContext): Path[] {
  const at = path.findIndex(isPositional);
  if (at < 0) return [path];
  const parent = path.slice(0, at);
  const part = path[at] as string;
  const array = valueAt(doc, parent);
  if (part === "$" && !Array.isArray(array)) throw noPosition();
  if (!Array.isArray(array))
    throw badValue(`The path '${parent.join(".")}' must exist in the document in order to apply array updates.`);
  const indexes =
    part === "$"
      ? [matchedIndex(array, parent.join("."), context.filter)]
      : filteredIndexes(array, part, path, context);
  return indexes.flatMap((index) => concretePaths(doc, [...parent, String(index), ...path.slice(at + 1)], context));
}

function filteredIndexes(array: unknown[], part: string, path: Path, { arrayFilters }: PositionalContext): number[] {
  const name = part.slice(2, -1);
  if (name === "") return [...array.keys()];
  const test = arrayFilters.get(name);
  if (!test) throw badValue(`No array filter found for identifier '${name}' in path '${path.join(".")}'`);
  return [...array.keys()].filter((index) => test(array[index]));
}

const noPosition = () => badValue("The positional operator did not find the match needed from the query.");

function matchedIndex(array: unknown[], arrayPath: string, filter: Doc): number {
  const test = elementTest(filter, arrayPath);
  const index = test ? array.findIndex((element) => test(element)) : -1;
  if (index < 0) throw noPosition();
  return index;
}

const NEGATIONS = new Set(["$ne", "$nin", "$not"]);

/** What a filter demands of the elements of an array, if anything: the element that `$` stands for. */
export function elementTest(filter: Doc, arrayPath: string): ValueTest | undefined {
  const tests: ValueTest[] = [];
  for (const [name, condition] of Object.entries(filter)) {
    if ((name === "$and" || name === "$or") && Array.isArray(condition)) {
      const branches = condition.filter(isDoc).flatMap((branch) => elementTest(branch, arrayPath) ?? []);
      if (branches.length > 0) {
        tests.push((element) =>
          name === "$and" ? branches.every((test) => test(element)) : branches.some((test) => test(element)),
        );
      }
    } else if (name === arrayPath || name.startsWith(`${arrayPath}.`)) {
      tests.push(...conditionTests(name.slice(arrayPath.length + 1), condition));
    }
  }
  return tests.length > 0 ? (element) => tests.every((test) => test(element)) : undefined;
}

function conditionTests(restOfPath: string, condition: unknown): ValueTest[] {
  const operators = isDoc(condition) && (Object.keys(condition)[0] ?? "").startsWith("$") ? condition : undefined;
  if (operators && Object.keys(operators).every((operator) => NEGATIONS.has(operator))) return [];
  if (restOfPath === "") {
    if (operators && "$elemMatch" in operators) return [compileElement(operators.$elemMatch)];
    const matches = compileField(["element"], condition);
    return [(element) => matches({ element })];
  }
  const matches = compileField(splitPath(restOfPath), condition);
  return [(element) => isDoc(element) && matches(element)];
}

/** Throws 9 for an array filter that no path of the update names. */
export function checkFiltersUsed(filters: Map<string, ValueTest>, paths: Path[]): void {
  const used = new Set(paths.flat());
  for (const name of filters.keys()) {
    if (!used.has(`$[${name}]`)) {
      throw new MongoError(9, "FailedToParse", `The array filter for identifier '${name}' was not used in the update`);
    }
  }
}
