import { Double, deserialize, Int32 } from "bson";

/** A document as it is kept: never changed in place, so that cursors and answers may share it. */
export type Doc = { [field: string]: unknown };

export const isDoc = (value: unknown): value is Doc =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/**
 * Decodes BSON so that encoding it again gives the same types: a JavaScript number stands for an int32 when it is one
 * and for a double otherwise; whole doubles in the int32 range stay `Double`, and int64 stays `Long`.
 */
export function decodeDocument(bytes: Uint8Array): Doc {
  return unwrapNumbers(deserialize(bytes, { promoteValues: false }));
}

function unwrapNumbers<T extends object>(container: T): T {
  const fields = container as Doc;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (typeof value !== "object" || value === null) continue;
    if (value instanceof Int32) fields[key] = value.value;
    else if (value instanceof Double) fields[key] = isInt32(value.value) ? value : value.value;
    else if (Array.isArray(value) || isDoc(value)) unwrapNumbers(value);
  }
  return container;
}
