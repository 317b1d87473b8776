import { changeAt } from "./document-change.ts";
import { compileExpression } from "./expressions.ts";
import { MongoError } from "./mongo-error.ts";
import { splitPath, valuesAtPath } from "./paths.ts";
import type { PipelineScope, Stage } from "./pipeline-stages.ts";
import { selectSlots } from "./selection.ts";
import { type Doc, isDoc } from "./values.ts";

const malformed = (message: string) => new MongoError(9, "FailedToParse", `$lookup: ${message}`);

/** How a pipeline inside the stage is run; handed in because pipelines contain this stage. */
interface Runners {
  aggregate: (collection: Joined, pipeline: unknown[], scope: PipelineScope) => Doc[];
  compilePipeline: (pipeline: unknown[], scope: PipelineScope) => Stage;
}

type Joined = ReturnType<PipelineScope["collection"]>;

/** `$lookup` by equal fields, by a pipeline with `let`, or both; the foreign collection's indexes are used. */
export function lookupStage(spec: unknown, scope: PipelineScope, runners: Runners): Stage {
  if (!isDoc(spec)) throw malformed("the specification must be an object");
  const { from, as, localField, foreignField, pipeline = [], let: bindings = {} } = spec;
  if (typeof as !== "string" || typeof from !== "string") throw malformed("'from' and 'as' must be strings");
  if (!Array.isArray(pipeline) || !isDoc(bindings)) throw malformed("'pipeline' must be an array and 'let' an object");
  const target = splitPath(as);
  const filterFor = joinFilter(localField, foreignField);
  const variables = Object.entries(bindings).map(([name, value]) => ({
    name,
    value: compileExpression(value, scope.variables),
  }));
  return (docs) =>
    docs.map((doc) => {
      const bound = Object.fromEntries(variables.map(({ name, value }) => [name, value(doc) ?? null]));
      const inner = { ...scope, variables: { ...scope.variables, ...bound } };
      const found = join(scope.collection(from), filterFor?.(doc), pipeline, inner, runners);
      return changeAt(doc, target, () => found);
    });
}

function join(
  collection: Joined,
  filter: Doc | undefined,
  pipeline: unknown[],
  scope: PipelineScope,
  { aggregate, compilePipeline }: Runners,
): Doc[] {
  if (!filter) return aggregate(collection, pipeline, scope);
  const matching = collection ? selectSlots(collection, { filter }).map((slot) => slot.doc) : [];
  return compilePipeline(pipeline, scope)(matching);
}

// Equality as in queries: any element of an array on either side, and null for what is missing.
function joinFilter(localField: unknown, foreignField: unknown): ((doc: Doc) => Doc) | undefined {
  if (localField === undefined && foreignField === undefined) return undefined;
  if (typeof localField !== "string" || typeof foreignField !== "string")
    throw malformed("'localField' and 'foreignField' go together");
  const path = splitPath(localField);
  return (doc) => {
    const values = valuesAtPath(doc, path);
    return { [foreignField]: { $in: values.length > 0 ? values : [null] } };
  };
}
