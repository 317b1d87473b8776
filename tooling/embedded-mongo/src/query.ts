import { compareValues } from "./compare.ts";
import { compileExpression } from "./expressions.ts";
import { badValue, MongoError, notImplemented } from "./mongo-error.ts";
import { fieldOf, type Path, someAtPath, splitPath } from "./paths.ts";
import { compileOperator, equalTo, matchesRegex } from "./query-operators.ts";
import { type Doc, isDoc } from "./values.ts";

export type Predicate = (doc: Doc) => boolean;
export type ValueTest = (value: unknown) => boolean;

/** Compiles a filter to a test of documents. Throws MongoDB's parse errors for what it cannot say. */
export function compileFilter(filter: Doc, variables: Doc = {}): Predicate {
  return all(Object.keys(filter).map((name) => compileClause(name, filter[name], variables)));
}

const all = (tests: Predicate[]): Predicate => {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  return (doc) => {
    for (const test of tests) if (!test(doc)) return false;
    return true;
  };
};

function compileClause(name: string, value: unknown, variables: Doc): Predicate {
  if (!name.startsWith("$")) return compileField(splitPath(name), value);
  switch (name) {
    case "$and":
      return all(branches(name, value, variables));
    case "$or":
      return some(branches(name, value, variables));
    case "$nor":
      return not(some(branches(name, value, variables)));
    case "$expr":
      return truthyExpression(value, variables);
    case "$comment":
      return () => true;
    case "$text":
      throw new MongoError(27, "IndexNotFound", "text index required for $text query");
    case "$where":
    case "$jsonSchema":
      throw notImplemented(name);
    default:
      throw badValue(`unknown top level operator: ${name}`);
  }
}

function branches(name: string, value: unknown, variables: Doc): Predicate[] {
  if (!Array.isArray(value) || value.length === 0) throw badValue(`${name} must be a nonempty array`);
  return value.map((branch) => {
    if (!isDoc(branch)) throw badValue(`${name} entries need to be full objects`);
    return compileFilter(branch, variables);
  });
}

const some =
  (tests: Predicate[]): Predicate =>
  (doc) =>
    tests.some((test) => test(doc));

const not =
  (test: Predicate): Predicate =>
  (doc) =>
    !test(doc);

function truthyExpression(expression: unknown, variables: Doc): Predicate {
  const evaluate = compileExpression(expression, variables);
  return (doc) => {
    const value = evaluate(doc);
    return value !== null && value !== undefined && value !== false && compareValues(value, 0) !== 0;
  };
}

const isOperators = (value: unknown): value is Doc => isDoc(value) && (Object.keys(value)[0] ?? "").startsWith("$");

/** One field's condition: a value to equal, a pattern, or operators that must all hold. */
export function compileField(path: Path, condition: unknown): Predicate {
  if (condition instanceof RegExp) return atPath(path, matchesRegex(condition));
  if (!isOperators(condition)) return atPath(path, equalTo(condition));
  return all(compileOperators(path, condition));
}

function compileOperators(path: Path, operators: Doc): Predicate[] {
  return Object.keys(operators).map((name): Predicate => {
    const operand = operators[name];
    switch (name) {
      case "$not":
        if (!(operand instanceof RegExp) && !isOperators(operand)) throw badValue("$not needs a regex or a document");
        return not(compileField(path, operand));
      case "$ne":
        if (operand instanceof RegExp) throw badValue("Can't have regex as arg to $ne.");
        return not(atPath(path, equalTo(operand)));
      case "$nin":
        return not(atPath(path, compileOperator("$in", operand, operators)));
      case "$exists":
        return existence(path, operand);
      case "$elemMatch":
        return atPath(path, someElement(compileElement(operand)));
      case "$all":
        return all(allOf(path, operand));
      default:
        return atPath(path, compileOperator(name, operand, operators));
    }
  });
}

function existence(path: Path, operand: unknown): Predicate {
  const exists = atPath(path, (value) => value !== undefined);
  const wanted = operand !== false && operand !== null && operand !== undefined && compareValues(operand, 0) !== 0;
  return wanted ? exists : not(exists);
}

const someElement =
  (test: ValueTest): ValueTest =>
  (value) =>
    Array.isArray(value) && value.some(test);

/** The test of `$elemMatch`, `$pull` and array filters: operators speak of the element, a filter of its fields. */
export function compileElement(condition: unknown): ValueTest {
  if (!isDoc(condition)) throw badValue("$elemMatch needs an Object");
  const first = Object.keys(condition)[0] ?? "";
  const speaksOfFields = !first.startsWith("$") || ["$and", "$or", "$nor", "$expr"].includes(first);
  if (speaksOfFields) {
    const matches = compileFilter(condition);
    return (element) => isDoc(element) && matches(element);
  }
  const matches = compileField(["element"], condition);
  return (element) => matches({ element });
}

function allOf(path: Path, operand: unknown): Predicate[] {
  if (!Array.isArray(operand)) throw badValue("$all needs an array");
  if (operand.length === 0) return [() => false];
  return operand.map((item) => {
    if (isOperators(item) && "$elemMatch" in item) return compileField(path, item);
    return atPath(path, item instanceof RegExp ? matchesRegex(item) : equalTo(item));
  });
}

function atPath(path: Path, test: ValueTest): Predicate {
  const [name] = path;
  if (path.length === 1 && name !== undefined) return (doc) => test(fieldOf(doc, name));
  return (doc) => someAtPath(doc, path, test);
}
