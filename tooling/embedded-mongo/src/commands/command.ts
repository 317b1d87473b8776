import { badValue, failedToParse, MongoError, notImplemented } from "../mongo-error.ts";
import { isNumeric, toNumber } from "../numbers.ts";
import type { Store } from "../store.ts";
import { type Doc, isDoc } from "../values.ts";

export interface CommandContext {
  store: Store;
  database: string;
  /** The command's name, as it is its first field. */
  name: string;
  command: Doc;
}

export interface CommandHandler {
  /** The fields this command understands, besides its name and those that all commands share. */
  fields: readonly string[];
  run: (context: CommandContext) => Doc;
}

/** Fields that any command may carry; those that could change an answer are checked by `checkShared`. */
const SHARED_FIELDS = new Set([
  "$db",
  "lsid",
  "$readPreference",
  "$clusterTime",
  "readConcern",
  "writeConcern",
  "comment",
  "maxTimeMS",
  "txnNumber",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
  "collation",
  "startTransaction",
  "autocommit",
]);

/** Throws for anything in a command that would be ignored where MongoDB would act on it. */
export function checkFields({ name, command }: CommandContext, { fields }: CommandHandler): void {
  for (const field of Object.keys(command)) {
    if (field !== name && !SHARED_FIELDS.has(field) && !fields.includes(field)) {
      throw notImplemented(`the field '${field}' of the command '${name}'`);
    }
  }
  if ("autocommit" in command || "startTransaction" in command) {
    throw new MongoError(
      20,
      "IllegalOperation",
      "Transaction numbers are only allowed on a replica set member or mongos",
    );
  }
  checkCollation(command.collation);
}

/** Throws 238 for any collation but the simple one. */
export function checkCollation(collation: unknown): void {
  if (isDoc(collation) && Object.keys(collation).length > 0 && collation.locale !== "simple")
    throw notImplemented("a collation");
}

export function documentField(command: Doc, field: string): Doc {
  const value = command[field] ?? {};
  if (!isDoc(value))
    throw new MongoError(14, "TypeMismatch", `BSON field '${field}' is the wrong type, expected type 'object'`);
  return value;
}

export function listField(command: Doc, field: string): unknown[] {
  const value = command[field];
  if (!Array.isArray(value))
    throw new MongoError(14, "TypeMismatch", `BSON field '${field}' is the wrong type, expected type 'array'`);
  return value;
}

/** A whole number that is not negative; undefined when the field is missing. */
export function countField(command: Doc, field: string): number | undefined {
  const value = command[field];
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw failedToParse(`Field '${field}' must be a number`);
  const number = Math.trunc(toNumber(value));
  if (number < 0) throw badValue(`Field '${field}' must not be negative: ${number}`);
  return number;
}

export const flagField = (command: Doc, field: string): boolean =>
  command[field] === true || (isNumeric(command[field]) && toNumber(command[field]) !== 0);
