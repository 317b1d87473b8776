import { Double, Long } from "bson";
import { Context, evalExpr } from "mingo/core";
import * as accumulators from "mingo/operators/accumulator";
import * as expressions from "mingo/operators/expression";
import { exactOperators, type MingoOptions } from "./expression-operators.ts";
import { badValue, MongoError } from "./mongo-error.ts";
import { type Path, splitPath } from "./paths.ts";
import { type Doc, isDoc } from "./values.ts";

/** Evaluates an aggregation expression on a document; undefined is a missing value. */
export type Expression = (doc: Doc) => unknown;

// mingo copies its operator tables in every call that isn't given its own options object, and doesn't export that
// class: this operator hands one out.
const CAPTURE = "$captureOptions";
const capture = { [CAPTURE]: (_doc: unknown, _args: unknown, options: MingoOptions) => options };
const operators = { ...expressions, ...exactOperators };
const context = Context.init({ expression: { ...operators, ...capture } as never, accumulator: accumulators as never });
const unsupported = new Set(["$function", "$accumulator", "$where", "$rand", "$toHashedIndexKey"]);

/**
 * Compiles an expression. Field paths and constants are evaluated here; operators by mingo, with its comparisons and
 * arithmetic replaced by exact ones. Throws 168 for an operator that neither knows.
 */
export function compileExpression(expression: unknown, variables: Doc = {}): Expression {
  if (typeof expression === "string" && /^\$[^$]/.test(expression)) {
    const path = splitPath(expression.slice(1));
    return (doc) => expressionPath(doc, path);
  }
  if (expression === "$$ROOT") return (doc) => doc;
  if (typeof expression !== "object" && !(typeof expression === "string" && expression.startsWith("$"))) {
    return () => expression;
  }
  checkOperators(expression);
  const options = evalExpr({}, { [CAPTURE]: 0 }, { context } as never) as MingoOptions;
  return (doc) => {
    const root = plainNumbers(doc);
    try {
      return evalExpr(root, expression as never, options.update({ root, variables }) as never);
    } catch (error) {
      throw error instanceof MongoError
        ? error
        : badValue(`Failed to evaluate an expression: ${(error as Error).message}`);
    }
  };
}

function checkOperators(expression: unknown): void {
  if (Array.isArray(expression)) for (const item of expression) checkOperators(item);
  if (!isDoc(expression)) return;
  const [first = ""] = Object.keys(expression);
  if (first === "$literal") return;
  if (first.startsWith("$") && (unsupported.has(first) || !(first in operators || first in accumulators))) {
    throw new MongoError(168, "InvalidPipelineOperator", `Unrecognized expression '${first}'`);
  }
  for (const value of Object.values(expression)) checkOperators(value);
}

/** A field path in an expression: over arrays it gives the array of what their documents have. */
export function expressionPath(value: unknown, path: Path, from = 0): unknown {
  if (from === path.length) return value;
  if (Array.isArray(value)) {
    return value
      .map((element) => (isDoc(element) ? expressionPath(element, path, from) : undefined))
      .filter((found) => found !== undefined);
  }
  if (!isDoc(value)) return undefined;
  const next = value[path[from] as string];
  return typeof next === "function" ? undefined : expressionPath(next, path, from + 1);
}

// mingo computes with JavaScript numbers only: whole doubles and safe int64 become these, nothing else is touched.
function plainNumbers<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Double) return value.value as T;
  if (value instanceof Long) return (Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value) as T;
  if (Array.isArray(value)) {
    const plain = value.map(plainNumbers);
    return plain.every((item, i) => item === value[i]) ? value : (plain as T);
  }
  if (!isDoc(value)) return value;
  let copy: Doc | undefined;
  for (const key of Object.keys(value)) {
    const plain = plainNumbers(value[key]);
    if (plain !== value[key]) copy = { ...(copy ?? value), [key]: plain };
  }
  return (copy as T) ?? value;
}
