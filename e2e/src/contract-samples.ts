import { randomUUID } from "node:crypto";
import type { RouteContract } from "@tradepost/contracts/route";
import fc from "fast-check";
import { z } from "zod";

interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** The words that samples are made of. */
export interface Words {
  email: string;
  phone: string;
  password: string;
  /** For every other field of text. */
  text: string;
}

export interface Sample {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

/** Stripe takes no payment of a few cents. */
const PRICE_CENTS = 4_290;

/** What a caller may send on a route, made from its contract: every optional field is there, text says `words`. */
export function sampleOf({ params, querystring, body }: RouteContract, words: Words): Sample {
  return {
    params: (params ? sampleValue(params, words) : {}) as Record<string, string>,
    query: (querystring ? sampleValue(querystring, words) : {}) as Record<string, unknown>,
    body: body ? sampleValue(body, words) : undefined,
  };
}

/** One value that a schema (almost always) accepts. */
export function sampleValue(schema: z.ZodType, words: Words): unknown {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
  return sample(root, "", root, words);
}

function sample(schema: Schema, name: string, root: Schema, words: Words): unknown {
  if (schema.$ref !== undefined)
    return sample(root.$defs?.[schema.$ref.split("/").at(-1) ?? ""] ?? {}, name, root, words);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [option] = schema.anyOf ?? schema.oneOf ?? [];
  if (option) return sample(option, name, root, words);
  if (schema.allOf && schema.type === undefined) return sample(Object.assign({}, ...schema.allOf), name, root, words);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sample(inner, key, root, words)]),
      );
    case "array": {
      const item = schema.prefixItems?.[0] ?? schema.items ?? {};
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => sample(item, name, root, words));
    }
    case "integer":
    case "number":
      return Math.max(name === "amount" ? PRICE_CENTS : 1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return text(schema, name, words);
  }
}

function text(schema: Schema, name: string, words: Words): string {
  if (schema.format === "email") return words.email;
  if (schema.format === "uuid") return randomUUID();
  if (schema.format === "date-time") return new Date().toISOString();
  const patterns = [schema.pattern, ...(schema.allOf ?? []).map(({ pattern }) => pattern)].filter((each) => each);
  const candidates = [/password/i.test(name) ? words.password : words.text, words.phone];
  const { minLength = 0, maxLength = 10_000 } = schema;
  for (const candidate of candidates) {
    const fitted = candidate.padEnd(minLength, "x").slice(0, maxLength);
    if (patterns.every((pattern) => new RegExp(pattern as string, "u").test(fitted))) return fitted;
  }
  const [made = ""] = fc.sample(fc.stringMatching(new RegExp(patterns[0] as string)), 1);
  return made.slice(0, maxLength);
}
