import { failedToParse } from "../mongo-error.ts";
import { compileProjection } from "../projection.ts";
import { parseSort } from "../sort.ts";
import { collectionFor } from "../store.ts";
import { type Doc, isDoc } from "../values.ts";
import { deleteDocuments, insertEncoded, type UpdateOutcome, updateDocuments } from "../writes.ts";
import {
  type CommandContext,
  type CommandHandler,
  checkCollation,
  countField,
  documentField,
  flagField,
  listField,
} from "./command.ts";
import { runSingle, runStatements } from "./statements.ts";

function insert(context: CommandContext): Doc {
  const { store, database, command } = context;
  const collection = collectionFor(store, database, command.insert);
  return runStatements(context, listField(command, "documents"), (bytes) => {
    insertEncoded(store, collection, bytes as Uint8Array);
    return { n: 1 };
  });
}

const STATEMENT_FIELDS = {
  update: new Set(["q", "u", "multi", "upsert", "arrayFilters", "sort", "collation", "hint"]),
  delete: new Set(["q", "limit", "collation", "hint"]),
};

function asStatement(kind: keyof typeof STATEMENT_FIELDS, value: unknown): Doc {
  if (!isDoc(value)) throw failedToParse(`an ${kind} statement must be a document`);
  const stranger = Object.keys(value).find((field) => !STATEMENT_FIELDS[kind].has(field));
  if (stranger) throw failedToParse(`the field '${stranger}' of an ${kind} statement is not supported`);
  checkCollation(value.collation);
  return value;
}

function update(context: CommandContext): Doc {
  const { store, database, command } = context;
  const collection = collectionFor(store, database, command.update);
  const reply = runStatements(context, listField(command, "updates"), (value) => {
    const { u, arrayFilters, ...statement } = asStatement("update", value);
    const { matched, modified, upsertedId } = updateDocuments(store, collection, {
      filter: documentField(statement, "q"),
      update: u,
      arrayFilters,
      sort: parseSort(statement.sort),
      multi: flagField(statement, "multi"),
      upsert: flagField(statement, "upsert"),
    });
    return upsertedId === undefined
      ? { n: matched, nModified: modified }
      : { n: 1, nModified: 0, upserted: upsertedId };
  });
  return { nModified: 0, ...reply };
}

function remove(context: CommandContext): Doc {
  const { store, database, command } = context;
  const collection = collectionFor(store, database, command.delete);
  return runStatements(context, listField(command, "deletes"), (value) => {
    const statement = asStatement("delete", value);
    const limit = countField(statement, "limit") ?? 0;
    if (limit > 1) throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    return { n: deleteDocuments(store, collection, documentField(statement, "q"), limit).length };
  });
}

function findAndModify(context: CommandContext): Doc {
  const { store, database, command, name } = context;
  const collection = collectionFor(store, database, command[name]);
  const filter = documentField(command, "query");
  const project = compileProjection(command.fields, filter);
  const sort = parseSort(command.sort);
  return runSingle(context, () => {
    if (flagField(command, "remove")) {
      if (command.update !== undefined) throw failedToParse("Cannot specify both an update and remove=true");
      const [removed] = deleteDocuments(store, collection, filter, 1, sort);
      return { lastErrorObject: { n: removed ? 1 : 0 }, value: removed ? project(removed) : null, ok: 1 };
    }
    if (command.update === undefined) throw failedToParse("Either an update or remove=true must be specified");
    const outcome = updateDocuments(store, collection, {
      filter,
      update: command.update,
      arrayFilters: command.arrayFilters,
      sort,
      multi: false,
      upsert: flagField(command, "upsert"),
    });
    const doc = flagField(command, "new") ? outcome.after : outcome.before;
    return { lastErrorObject: summary(outcome), value: doc ? project(doc) : null, ok: 1 };
  });
}

function summary({ matched, upsertedId }: UpdateOutcome): Doc {
  if (upsertedId !== undefined) return { n: 1, updatedExisting: false, upserted: upsertedId };
  return { n: matched, updatedExisting: matched > 0 };
}

const FIND_AND_MODIFY_FIELDS = [
  "query",
  "sort",
  "remove",
  "update",
  "new",
  "fields",
  "upsert",
  "arrayFilters",
  "hint",
  "bypassDocumentValidation",
];
const BATCH_FIELDS = ["ordered", "bypassDocumentValidation", "stmtId", "stmtIds"];

export const writeCommands: Record<string, CommandHandler> = {
  insert: { fields: ["documents", ...BATCH_FIELDS], run: insert },
  update: { fields: ["updates", ...BATCH_FIELDS], run: update },
  delete: { fields: ["deletes", ...BATCH_FIELDS], run: remove },
  findAndModify: { fields: FIND_AND_MODIFY_FIELDS, run: findAndModify },
  findandmodify: { fields: FIND_AND_MODIFY_FIELDS, run: findAndModify },
};
