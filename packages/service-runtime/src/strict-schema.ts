import { z } from "zod";

type Def = Record<string, unknown> & { type: string };

const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def;
const withDef = <S extends z.core.$ZodType>(schema: S, changes: Record<string, unknown>): S =>
  z.core.clone(schema, { ...schema._zod.def, ...changes } as never) as S;

/** Where each kind of schema keeps the schemas inside it. */
const CHILDREN: Record<string, readonly string[]> = {
  array: ["element"],
  record: ["valueType"],
  pipe: ["in", "out"],
  optional: ["innerType"],
  nullable: ["innerType"],
  nonoptional: ["innerType"],
  default: ["innerType"],
  prefault: ["innerType"],
  catch: ["innerType"],
  readonly: ["innerType"],
};

/** Schemas already made strict, so that a schema that holds itself comes to an end. */
type Made = Map<z.core.$ZodType, z.core.$ZodType>;

/**
 * The same schema, refusing unknown fields in every object that does not itself say what to do with them, so that no
 * contract has to repeat `z.strictObject`. Throws for an intersection, whose halves would each refuse the other's fields.
 */
export const strictSchema = <S extends z.core.$ZodType>(schema: S): S => strictly(schema, new Map());

function strictly<S extends z.core.$ZodType>(schema: S, made: Made): S {
  const known = made.get(schema);
  if (known) return known as S;
  const strict = makeStrict(schema, made);
  made.set(schema, strict);
  return strict;
}

function makeStrict<S extends z.core.$ZodType>(schema: S, made: Made): S {
  const def = defOf(schema);
  const inner = (child: unknown) => strictly(child as z.core.$ZodType, made);
  if (def.type === "intersection") throw new Error("A request schema cannot be an intersection: use .extend()");
  if (def.type === "object") return strictObject(schema, def, made);
  if (def.type === "union") return withDef(schema, { options: (def.options as unknown[]).map(inner) });
  if (def.type === "lazy") return withDef(schema, { getter: () => inner((def.getter as () => unknown)()) });
  if (def.type === "tuple") {
    const items = (def.items as unknown[]).map(inner);
    return withDef(schema, { items, rest: def.rest ? inner(def.rest) : null });
  }
  const children = CHILDREN[def.type];
  return children ? withDef(schema, Object.fromEntries(children.map((key) => [key, inner(def[key])]))) : schema;
}

/** The shape is read late: it may hold the object itself. */
function strictObject<S extends z.core.$ZodType>(schema: S, def: Def, made: Made): S {
  const strictDef = { ...def, catchall: def.catchall ?? z.never() };
  Object.defineProperty(strictDef, "shape", {
    enumerable: true,
    get: () => {
      const shape = Object.entries(def.shape as Record<string, z.core.$ZodType>);
      return Object.fromEntries(shape.map(([key, child]) => [key, strictly(child, made)]));
    },
  });
  return z.core.clone(schema, strictDef as never) as S;
}

/** Names of the fields that hold lists: a query that gives such a key once means a list of one. */
export function listFields(schema: z.core.$ZodType | undefined): string[] {
  if (!schema) return [];
  const shape = (defOf(unwrap(schema)).shape ?? {}) as Record<string, z.core.$ZodType>;
  return Object.keys(shape).filter((key) => defOf(unwrap(shape[key] as z.core.$ZodType)).type === "array");
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = defOf(schema);
  const inner = (def.innerType ?? (def.type === "pipe" ? def.in : undefined)) as z.core.$ZodType | undefined;
  return inner ? unwrap(inner) : schema;
}
