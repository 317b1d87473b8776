import { openCursor } from "../cursors.ts";
import { MongoError, notImplemented } from "../mongo-error.ts";
import { aggregate } from "../pipeline.ts";
import { countMatches } from "../selection.ts";
import { findCollection } from "../store.ts";
import { type Doc, isDoc } from "../values.ts";
import { type CommandContext, type CommandHandler, countField, documentField, listField } from "./command.ts";

function run(context: CommandContext): Doc {
  const { store, database, command } = context;
  if (!("cursor" in command)) throw new MongoError(9, "FailedToParse", "The 'cursor' option is required");
  if (typeof command.aggregate !== "string") throw notImplemented("aggregation without a collection");
  const collection = findCollection(store, database, command.aggregate);
  const pipeline = listField(command, "pipeline");
  const docs =
    countOf(context, pipeline) ??
    aggregate(collection, pipeline, {
      collection: (name) => findCollection(store, database, name),
      variables: documentField(command, "let"),
    });
  return openCursor(
    store.cursors,
    { namespace: `${database}.${command.aggregate}`, docs },
    countField(documentField(command, "cursor"), "batchSize"),
  );
}

/** The drivers' `countDocuments` is `$match` and a `$group` of everything: counted without collecting documents. */
function countOf({ store, database, command }: CommandContext, pipeline: unknown[]): Doc[] | undefined {
  const [match, group, ...rest] = pipeline;
  if (!isDoc(match) || !isDoc(match.$match) || !isDoc(group) || !isDoc(group.$group) || rest.length > 0)
    return undefined;
  const { _id: id, n, ...others } = group.$group;
  if (id !== 1 || !isDoc(n) || n.$sum !== 1 || Object.keys(n).length !== 1 || Object.keys(others).length > 0)
    return undefined;
  const collection = findCollection(store, database, command.aggregate);
  const count = collection ? countMatches(collection, { filter: match.$match }) : 0;
  return count === 0 ? [] : [{ _id: 1, n: count }];
}

export const aggregateCommands: Record<string, CommandHandler> = {
  aggregate: { fields: ["pipeline", "cursor", "allowDiskUse", "hint", "let", "bypassDocumentValidation"], run },
};
