/**
 * Takes zod's place in the browser bundle (an alias in vite.config.ts): the contracts build their schemas with it, and
 * `safeParse` checks an answer's structure: objects, members, arrays, strings, numbers, booleans. Ranges, patterns and
 * formats are left to the services, which check both what comes in and what goes out.
 */
type Fits = (value: unknown) => boolean;

interface Check {
  fits: Fits;
  shape: Record<string, Check>;
  options: readonly string[];
  [method: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function schema(fits: Fits, known: Partial<Check> = {}): Check {
  const shape = known.shape ?? {};
  const own: Record<string, unknown> = {
    ...known,
    fits,
    shape,
    optional: () => schema((value) => value === undefined || fits(value)),
    nullable: () => schema((value) => value === null || fits(value)),
    default: () => schema((value) => value === undefined || fits(value)),
    partial: () => object(map(shape, (member) => (member.optional as () => Check)())),
    pick: (keys: Record<string, true>) => object(map(shape, (member, key) => (key in keys ? member : undefined))),
    omit: (keys: Record<string, true>) => object(map(shape, (member, key) => (key in keys ? undefined : member))),
    extend: (more: Record<string, Check>) => object({ ...shape, ...more }),
    safeParse: (data: unknown) =>
      fits(data)
        ? { success: true, data }
        : { success: false, error: new TypeError("not the shape the contract says") },
  };
  // Refinements (min, max, regex, trim, transform, loose, …) change nothing about the structure.
  const self: Check = new Proxy(own, {
    get: (target, name) =>
      typeof name === "string" && !(name in target) && name !== "then" ? () => self : target[name as string],
  }) as Check;
  return self;
}

function map(shape: Record<string, Check>, change: (member: Check, key: string) => Check | undefined) {
  const entries = Object.entries(shape).map(([key, member]) => [key, change(member, key)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Check] => entry[1] !== undefined));
}

const object = (shape: Record<string, Check>): Check =>
  schema((value) => isRecord(value) && Object.keys(shape).every((key) => shape[key]?.fits(value[key])), { shape });

const string = () => schema((value) => typeof value === "string");
const number = () => schema((value) => typeof value === "number");

export const z = {
  object,
  string,
  email: string,
  uuid: string,
  url: string,
  iso: { datetime: string, date: string },
  number,
  int: number,
  coerce: { number, boolean: () => schema(() => true) },
  boolean: () => schema((value) => typeof value === "boolean"),
  stringbool: () => schema(() => true),
  unknown: () => schema(() => true),
  null: () => schema((value) => value === null),
  literal: (expected: unknown) => schema((value) => value === expected),
  enum: (options: readonly string[]) => schema((value) => options.includes(value as string), { options }),
  array: (item: Check) => schema((value) => Array.isArray(value) && value.every(item.fits)),
  record: (_key: Check, item: Check) => schema((value) => isRecord(value) && Object.values(value).every(item.fits)),
  union: (choices: Check[]) => schema((value) => choices.some((choice) => choice.fits(value))),
};
