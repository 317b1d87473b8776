import { routesByService } from "@tradepost/contracts/catalog";
import type { RouteContract } from "@tradepost/contracts/route";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openApiDocument } from "../src/openapi.ts";
import { requestInput } from "../src/request-input.ts";
import { responseSerialiser } from "../src/response-serialiser.ts";
import { listFields, strictSchema } from "../src/strict-schema.ts";
import { payItem, readItem, staffThings, whoAmI } from "./sample-app.ts";

const routes = Object.values(routesByService).flatMap((each) => Object.values(each));
const title = ({ method, path }: RouteContract) => `${method} ${path}`;

describe("every contract", () => {
  it.each(routes.map((route) => [title(route), route] as const))("%s can be mounted", (_, route) => {
    expect(() => requestInput(route)).not.toThrow();
    const { body } = route.success;
    if (body) expect(() => responseSerialiser(body)).not.toThrow();
  });
});

describe("responseSerialiser", () => {
  const Tree = z.object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
  });
  const Either = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a"), n: z.int() }),
    z.object({ kind: z.literal("b"), text: z.string().optional() }),
  ]);
  const cases: [string, z.ZodType, unknown][] = [
    ["a nullable string", z.string().nullable(), null],
    ["a nullable number", z.number().nullable(), 1.5],
    ["a nullable enum", z.enum(["a", "b"]).nullable(), null],
    ["an absent optional", z.object({ x: z.string().optional() }), {}],
    ["a nullable object", z.object({ x: z.string() }).nullable(), null],
    ["a nullable object that is there", z.object({ x: z.string().nullable() }).nullable(), { x: null }],
    ["a nullable list", z.array(z.string().nullable()).nullable(), ["a", null]],
    ["a record", z.record(z.string(), z.object({ n: z.int() })), { "a b": { n: 1 } }],
    ["a record of some keys", z.partialRecord(z.enum(["EUR", "USD"]), z.int()), { EUR: 1 }],
    ["a union of kinds", z.union([z.string(), z.int(), z.array(z.string())]), ["x"]],
    ["a discriminated union", Either, { kind: "b", text: "x" }],
    ["a nullable discriminated union", Either.nullable(), null],
    ["a list of unions", z.array(Either), [{ kind: "a", n: 1 }, { kind: "b" }]],
    ["a tuple", z.tuple([z.string(), z.int()]), ["a", 1]],
    ["a time", z.iso.datetime(), "2030-01-01T00:00:00.000Z"],
    ["a literal", z.literal([1, "a", null]), null],
    ["anything", z.unknown(), { a: [1, { b: null }] }],
    ["a tree", Tree, { name: "x", children: [{ name: "y", children: [] }] }],
    ["a loose object", z.looseObject({ x: z.int() }), { x: 1, y: 2 }],
    ["text to escape", z.string(), 'a"\\\n\u2028</script>é😀'],
    ["a large integer", z.int(), Number.MAX_SAFE_INTEGER],
  ];
  it.each(cases)("writes %s as JSON.stringify does", (_, schema, value) => {
    const body = z.object({ value: schema.optional() });
    expect(JSON.parse(responseSerialiser(body)({ value }))).toEqual(JSON.parse(JSON.stringify({ value })));
  });
  it("drops undeclared fields wherever they are", () => {
    const Body = z.object({
      either: Either,
      list: z.array(z.object({ x: z.int() })),
      nul: z.object({ x: z.int() }).nullable(),
    });
    const leaky = {
      secret: 1,
      either: { kind: "a", n: 1, secret: 1 },
      list: [{ x: 1, secret: 1 }],
      nul: { x: 1, secret: 1 },
    };
    expect(responseSerialiser(Body)(leaky)).not.toContain("secret");
  });
  it("throws when a required field is missing or a union has no such member", () => {
    expect(() => responseSerialiser(z.object({ x: z.string() }))({})).toThrow("x");
    expect(() => responseSerialiser(z.object({ x: Either }))({ x: { kind: "z" } })).toThrow();
  });
});

describe("strictSchema", () => {
  const refused = (schema: z.ZodType, value: unknown) =>
    strictSchema(schema)
      .safeParse(value)
      .error?.issues.map(({ code }) => code);
  const Point = z.object({ x: z.int() });

  it.each<[string, z.ZodType, (point: object) => unknown]>([
    ["an object", Point, (point) => point],
    ["a list", z.array(Point), (point) => [point]],
    ["a record", z.record(z.string(), Point), (point) => ({ a: point })],
    ["an optional default", Point.optional().default({ x: 1 }), (point) => point],
    ["a nullable", Point.nullable(), (point) => point],
    ["a tuple", z.tuple([Point]), (point) => [point]],
    ["a transform", z.preprocess((value) => value, Point), (point) => point],
    ["a pipe", Point.transform((point) => point), (point) => point],
    ["a refinement", z.object({ p: Point }).refine(() => true), (point) => ({ p: point })],
    ["a lazy schema", z.lazy(() => Point), (point) => point],
  ])("refuses unknown fields inside %s", (_, schema, wrap) => {
    expect(refused(schema, wrap({ x: 1 }))).toBeUndefined();
    expect(refused(schema, wrap({ x: 1, y: 2 }))).toEqual(["unrecognized_keys"]);
  });
  it("keeps refinements, and objects that are loose on purpose", () => {
    expect(
      refused(
        Point.refine(({ x }) => x > 1),
        { x: 1 },
      ),
    ).toEqual(["custom"]);
    expect(refused(z.looseObject({ x: z.int() }), { x: 1, y: 2 })).toBeUndefined();
  });
  it("leaves the contract itself as it was", () => {
    strictSchema(Point);
    expect(Point.parse({ x: 1, y: 2 })).toEqual({ x: 1 });
  });
  it("refuses an intersection, which cannot be strict", () => {
    expect(() => strictSchema(z.intersection(Point, z.object({ y: z.int() })))).toThrow("extend");
  });
  it("knows which fields are lists", () => {
    const Query = z.object({ a: z.array(z.string()), b: z.array(z.int()).default([]).optional(), c: z.string() });
    expect(listFields(Query)).toEqual(["a", "b"]);
  });
});

describe("openApiDocument", () => {
  const document = openApiDocument("sample", { readItem, payItem, whoAmI, staffThings }) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };

  it("describes parameters, bodies, problems and who may call", () => {
    const read = document.paths["/v1/items/{id}"]?.get;
    expect(read).toMatchObject({ operationId: "readItem", security: [] });
    expect(read?.parameters).toMatchObject([
      { name: "id", in: "path", required: true },
      { name: "tag", in: "query", required: false, schema: { type: "array" } },
      { name: "limit", in: "query", required: false },
    ]);
    expect(Object.keys(read?.responses as object)).toEqual(["200", "400", "401", "403", "404", "429", "500", "503"]);
    const pay = document.paths["/v1/items/{id}/payments"]?.post;
    expect(pay?.parameters).toContainEqual(expect.objectContaining({ name: "Idempotency-Key", required: true }));
    expect(document.paths["/v1/whoami"]?.get?.security).toEqual([{}, { bearer: [] }, { sessionCookie: [] }]);
    expect(document.paths["/v1/staff"]?.get).toMatchObject({ "x-permission": "orders.read" });
  });
  it("is the same for the same contracts, for every service", () => {
    for (const [service, each] of Object.entries(routesByService)) {
      const text = JSON.stringify(openApiDocument(service, each));
      expect(JSON.stringify(openApiDocument(service, each))).toBe(text);
      for (const { path } of Object.values(each)) expect(text).toContain(`"${path.replace(/:(\w+)/g, "{$1}")}"`);
    }
  });
});
