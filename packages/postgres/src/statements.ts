import { createHash } from "node:crypto";
import type { QueryConfig } from "pg";
import { types } from "pg";

const int8 = 20;
const date = 1082;
const asText = (value: string): string => value;
const toNumberWhenSafe = (value: string): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
};

/** int8 is a number while that is exact, else a bigint; `date` stays `YYYY-MM-DD`, as a day has no time zone. */
export const typeParsers = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (format === "binary") return types.getTypeParser(oid, format);
    if (oid === int8) return toNumberWhenSafe;
    return oid === date ? asText : types.getTypeParser(oid);
  }) as typeof types.getTypeParser,
};

// Every name costs server memory on every connection, so SQL that is built at run time cannot add them without end.
const maxNames = 500;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= maxNames) return known;
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}

/** What the driver is given: a prepared statement when there are values, else the simple protocol. */
export function toStatement(text: string, values?: readonly unknown[]): QueryConfig {
  if (values === undefined) return { text };
  const name = nameOf(text);
  return { text, values: [...values], ...(name === undefined ? {} : { name }) };
}
