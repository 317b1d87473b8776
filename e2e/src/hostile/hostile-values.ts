import fc from "fast-check";

/** Becomes a number that JSON.parse reads as infinite. */
export const INFINITE = "@@1e999@@";

const TEXTS = [
  ...["' OR '1'='1", "'; DROP TABLE orders; --", "1) UNION SELECT email FROM users --", "\\'; SELECT pg_sleep(5) --"],
  ...["$where", "{{7*7}}", `$${"{jndi:ldap://127.0.0.1/x}"}`, "<script>alert(1)</script>", "javascript:alert(1)"],
  ...["../../../../etc/passwd", "..\\..\\windows", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/"],
  ...["\u0000", "a\u0000b", "\u202Egnp.exe", "\uD800", "\uFEFF", "\r\nset-cookie: session=x", "%00", "%s%s%s%n"],
  ...["null", "undefined", "NaN", "true", "[object Object]", "", " ", "0x10", "1e3", "-0", "٣", "Ａ", "İ", "ﬀ"],
  ...["4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005"],
  ...["00000000-0000-0000-0000-000000000000", "not-a-uuid", "999999999999999999999", "2026-02-30T25:61:61Z"],
  ...["x".repeat(10_000), "é".repeat(5_000), "𝒳".repeat(1_000), "(a+)+$".repeat(200), "\u0301".repeat(2_000)],
];
const NUMBERS = [-1, 0, -0.5, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, Number.MAX_SAFE_INTEGER];
const OBJECTS = [
  ...[{ $gt: "" }, { $ne: null }, { $where: "sleep(5000)" }, { $regex: ".*" }, { length: 1e9 }, { toString: 1 }],
  ...[[], {}, [[]], [{ $gt: 1 }], { constructor: { prototype: { isAdmin: true } } }],
  ...[JSON.parse('{"__proto__": {"isAdmin": true}}'), JSON.parse('{"then": 1}')],
];

const deep = (levels: number): unknown => {
  let value: unknown = "bottom";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Anything that somebody might send in place of what is wanted. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NUMBERS, INFINITE, null, true, false) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...OBJECTS) },
  { weight: 1, arbitrary: fc.constantFrom(deep(19), deep(25), deep(300)) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Names of fields that nobody may set for themselves, and names that mean something to a runtime. */
export const PRIVILEGED = {
  ...{ role: "admin", roles: ["admin"], permissions: ["catalogue.write"], isAdmin: true, emailVerified: true },
  ...{ userId: "019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b", id: "019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b" },
  ...{ price: 1, unitPrice: 1, totalCents: 1, amount: 1, discount: 100, status: "confirmed", capturedCents: 1 },
  ...{ createdAt: "2020-01-01T00:00:00Z", passwordHash: "x", password_hash: "x", stock: 1_000_000 },
} as const;

export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...Object.keys(PRIVILEGED),
    "__proto__",
    "constructor",
    "prototype",
    "$where",
    "$gt",
    "a.b",
    "",
    "a[b]",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

/** The places of a value's leaves, each as a path of keys. */
export function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== "object" || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** A copy with something else at that place. */
export function replaceAt(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const changed = replaceAt((value as Record<string, unknown>)[key], rest, replacement);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? changed : item));
  return withKey(value as object, key, changed);
}

/** A copy with one more own field, `__proto__` included. */
export function withKey(value: object, key: string, field: unknown): object {
  const copy = { ...value };
  Object.defineProperty(copy, key, { value: field, enumerable: true, configurable: true, writable: true });
  return copy;
}

export const toJson = (value: unknown): string => (JSON.stringify(value) ?? "").replaceAll(`"${INFINITE}"`, "1e999");

/** As it may stand in an address, whatever it is. */
export const toPathPart = (value: unknown): string =>
  [...Buffer.from(typeof value === "string" ? value : toJson(value))]
    .slice(0, 2_000)
    .map((byte) => (/[A-Za-z0-9_~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : percent(byte)))
    .join("");
const percent = (byte: number): string => `%${byte.toString(16).padStart(2, "0")}`;
