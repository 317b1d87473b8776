import fastJson from "fast-json-stringify";
import { z } from "zod";

type Schema = Record<string, unknown>;
const STRUCTURE = new Set([
  ...["type", "properties", "required", "items", "additionalItems", "additionalProperties", "definitions", "$ref"],
  ...["anyOf", "oneOf", "const", "enum", "nullable"],
]);

/**
 * Compiles the serialiser of a success body. Fields the contract does not declare never leave; a missing required field
 * throws. Handlers return typed values, so only structure is kept of the schema, not limits and patterns.
 */
export function responseSerialiser(body: z.ZodType): (value: unknown) => string {
  const schema = z.toJSONSchema(body, { io: "output", target: "draft-07" });
  return fastJson(structureOf(schema) as never, { ajv: { strict: false } });
}

function structureOf(schema: Schema): Schema {
  const kept: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    // A closed object would fail a union's match instead of losing its extra fields.
    if (key === "additionalProperties" && value === false) continue;
    if (STRUCTURE.has(key)) kept[key] = structureOfKeyword(key, value);
  }
  return flattenNullable(kept);
}

function structureOfKeyword(key: string, value: unknown): unknown {
  if (key === "properties" || key === "definitions") {
    return Object.fromEntries(
      Object.entries(value as Schema).map(([name, inner]) => [name, structureOf(inner as Schema)]),
    );
  }
  if (key === "anyOf" || key === "oneOf") return (value as Schema[]).map(structureOf);
  if (key === "const" || key === "enum" || (Array.isArray(value) === false && typeof value !== "object")) return value;
  if (key === "items" && Array.isArray(value)) return value.map((inner: Schema) => structureOf(inner));
  return Array.isArray(value) ? value : structureOf(value as Schema);
}

/** `anyOf: [X, null]` needs a validator at run time; `nullable` says the same without one. */
function flattenNullable(schema: Schema): Schema {
  const options = schema.anyOf as Schema[] | undefined;
  if (options?.length !== 2) return schema;
  const others = options.filter((option) => option.type !== "null");
  const [only] = others;
  if (others.length !== 1 || !only || "$ref" in only || "anyOf" in only || "oneOf" in only) return schema;
  const { anyOf: _, ...rest } = schema;
  return { ...rest, ...only, nullable: true };
}
