import { MongoError } from "../mongo-error.ts";
import type { Store } from "../store.ts";
import type { Doc } from "../values.ts";
import { aggregateCommands } from "./aggregate.ts";
import { catalogCommands } from "./catalog.ts";
import { type CommandHandler, checkFields } from "./command.ts";
import { readCommands } from "./read.ts";
import { serverCommands } from "./server-status.ts";
import { writeCommands } from "./write.ts";

const handlers = new Map<string, CommandHandler>(
  Object.entries({ ...readCommands, ...writeCommands, ...aggregateCommands, ...catalogCommands, ...serverCommands }),
);

const NOT_SUPPORTED = new Set([
  "abortTransaction",
  "commitTransaction",
  "saslStart",
  "saslContinue",
  "authenticate",
  "mapReduce",
  "collMod",
  "renameCollection",
  "explain",
  "collStats",
  "dbStats",
  "validate",
  "compact",
  "bulkWrite",
  "replSetInitiate",
  "replSetGetStatus",
  "createUser",
  "currentOp",
  "killOp",
  "createSearchIndexes",
]);

/** Runs one command to its end, in one turn: nothing else sees or makes changes meanwhile. Never throws. */
export function dispatch(store: Store, command: Doc): Doc {
  const [name = ""] = Object.keys(command);
  const database = typeof command.$db === "string" ? command.$db : "test";
  try {
    const handler = handlers.get(name);
    if (!handler) throw unknownCommand(name);
    const context = { store, database, name, command };
    checkFields(context, handler);
    return handler.run(context);
  } catch (error) {
    return errorReply(error);
  }
}

function unknownCommand(name: string): MongoError {
  if (NOT_SUPPORTED.has(name)) {
    return new MongoError(115, "CommandNotSupported", `'${name}' is not supported by the embedded MongoDB server`);
  }
  return new MongoError(59, "CommandNotFound", `no such command: '${name}'`);
}

/** The reply that tells a driver what went wrong; a fault of this server is code 1, InternalError. */
export function errorReply(error: unknown): Doc {
  if (error instanceof MongoError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { ok: 0, errmsg: message, code: 1, codeName: "InternalError" };
}
