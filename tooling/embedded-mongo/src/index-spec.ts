import { equalValues } from "./compare.ts";
import { MongoError, notImplemented } from "./mongo-error.ts";
import { isNumeric, toNumber } from "./numbers.ts";
import { type Doc, isDoc } from "./values.ts";

export interface IndexSpec {
  v: 2;
  key: { [field: string]: number };
  name: string;
  unique?: true;
  sparse?: true;
  partialFilterExpression?: Doc;
}

export const ID_INDEX: IndexSpec = { v: 2, key: { _id: 1 }, name: "_id_" };

const cannotCreate = (message: string) => new MongoError(67, "CannotCreateIndex", message);
const IGNORED = new Set([
  "v",
  "key",
  "name",
  "unique",
  "sparse",
  "partialFilterExpression",
  "background",
  "hidden",
  "ns",
]);
const isTruthy = (value: unknown): boolean => value === true || (isNumeric(value) && toNumber(value) !== 0);

/** Reads an index specification. Throws 67 for a malformed one and 238 for kinds of index that don't exist here. */
export function parseIndexSpec(raw: unknown): IndexSpec {
  if (!isDoc(raw) || !isDoc(raw.key) || Object.keys(raw.key).length === 0)
    throw cannotCreate("Index keys cannot be empty.");
  if (typeof raw.name !== "string" || raw.name === "") throw cannotCreate("The 'name' field is a required property");
  for (const option of Object.keys(raw)) if (!IGNORED.has(option)) throw notImplemented(`the index option '${option}'`);
  const spec: IndexSpec = { v: 2, key: parseKey(raw.key), name: raw.name };
  if (isTruthy(raw.unique)) spec.unique = true;
  if (isTruthy(raw.sparse)) spec.sparse = true;
  if (isDoc(raw.partialFilterExpression)) spec.partialFilterExpression = raw.partialFilterExpression;
  return spec;
}

function parseKey(key: Doc): IndexSpec["key"] {
  return Object.fromEntries(
    Object.entries(key).map(([field, direction]) => {
      if (typeof direction === "string") throw notImplemented(`a '${direction}' index`);
      const number = isNumeric(direction) ? toNumber(direction) : 0;
      if (number === 0 || Number.isNaN(number))
        throw cannotCreate(`Values in the index key pattern cannot be 0: ${field}`);
      if (field.includes("$"))
        throw field.includes("$**")
          ? notImplemented("a wildcard index")
          : cannotCreate(`Index key contains an illegal field name: ${field}`);
      return [field, number < 0 ? -1 : 1];
    }),
  );
}

const sameOptions = (a: IndexSpec, b: IndexSpec): boolean =>
  a.unique === b.unique && a.sparse === b.sparse && equalValues(a.partialFilterExpression, b.partialFilterExpression);

/** Whether the index already exists; throws 85 or 86 when one like it exists with other options. */
export function alreadyExists(existing: Iterable<IndexSpec>, wanted: IndexSpec): boolean {
  for (const spec of existing) {
    const sameKey = equalValues(spec.key, wanted.key);
    if (spec.name === wanted.name && sameKey && sameOptions(spec, wanted)) return true;
    if (spec.name === wanted.name) {
      throw new MongoError(
        86,
        "IndexKeySpecsConflict",
        `An existing index has the same name as the requested index. Requested index: ${wanted.name}`,
      );
    }
    if (sameKey && (spec.name === "_id_" || sameOptions(spec, wanted))) {
      if (spec.name === "_id_") return true;
      throw new MongoError(85, "IndexOptionsConflict", `Index already exists with a different name: ${spec.name}`);
    }
  }
  return false;
}
