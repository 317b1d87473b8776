import { Long } from "bson";
import { closeCursor, continueCursor, openCursor } from "../cursors.ts";
import { badValue } from "../mongo-error.ts";
import { isNumeric, toNumber } from "../numbers.ts";
import { splitPath, valuesAtPath } from "../paths.ts";
import { compileProjection } from "../projection.ts";
import { compileFilter } from "../query.ts";
import { countMatches, type Selection, selectSlots } from "../selection.ts";
import { parseSort } from "../sort.ts";
import { findCollection } from "../store.ts";
import { valueKey } from "../value-key.ts";
import {
  type CommandContext,
  type CommandHandler,
  countField,
  documentField,
  flagField,
  listField,
} from "./command.ts";

function find({ store, database, command }: CommandContext) {
  const collection = findCollection(store, database, command.find);
  const filter = documentField(command, "filter");
  const project = compileProjection(command.projection, filter);
  const limit = isNumeric(command.limit) ? toNumber(command.limit) : 0;
  const selection = {
    filter,
    sort: parseSort(command.sort),
    skip: countField(command, "skip") ?? 0,
    limit: Math.abs(limit),
  };
  if (!collection) compileFilter(filter);
  const slots = collection ? selectSlots(collection, selection) : [];
  const docs = slots.map(({ doc }) => doc);
  const sizesBytes = command.projection === undefined ? slots.map((slot) => slot.sizeBytes) : undefined;
  const single = flagField(command, "singleBatch") || limit < 0;
  return openCursor(
    store.cursors,
    { namespace: `${database}.${command.find}`, docs, sizesBytes, project },
    countField(command, "batchSize"),
    single,
  );
}

function count({ store, database, command }: CommandContext) {
  const collection = findCollection(store, database, command.count);
  const selection: Selection = {
    filter: documentField(command, "query"),
    skip: countField(command, "skip") ?? 0,
    limit: countField(command, "limit") ?? 0,
  };
  return { n: collection ? countMatches(collection, selection) : 0, ok: 1 };
}

function distinct({ store, database, command }: CommandContext) {
  if (typeof command.key !== "string") throw badValue("distinct needs a key");
  const collection = findCollection(store, database, command.distinct);
  const path = splitPath(command.key);
  const values = new Map<unknown, unknown>();
  for (const { doc } of collection ? selectSlots(collection, { filter: documentField(command, "query") }) : []) {
    for (const value of valuesAtPath(doc, path)) {
      const key = valueKey(value);
      if (!values.has(key)) values.set(key, value);
    }
  }
  return { values: [...values.values()], ok: 1 };
}

const asCursorId = (value: unknown): Long => (value instanceof Long ? value : Long.fromNumber(toNumber(value)));

function getMore({ store, command }: CommandContext) {
  const batchSize = countField(command, "batchSize");
  return continueCursor(store.cursors, asCursorId(command.getMore), batchSize || undefined);
}

function killCursors({ store, command }: CommandContext) {
  const ids = listField(command, "cursors").map(asCursorId);
  const killed = ids.filter((id) => closeCursor(store.cursors, id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
}

export const readCommands: Record<string, CommandHandler> = {
  find: {
    fields: [
      "filter",
      "projection",
      "sort",
      "skip",
      "limit",
      "batchSize",
      "singleBatch",
      "hint",
      "allowDiskUse",
      "noCursorTimeout",
    ],
    run: find,
  },
  count: { fields: ["query", "skip", "limit", "hint"], run: count },
  distinct: { fields: ["key", "query", "hint"], run: distinct },
  getMore: { fields: ["collection", "batchSize"], run: getMore },
  killCursors: { fields: ["cursors"], run: killCursors },
};
