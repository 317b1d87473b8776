import { Problem } from "@tradepost/contracts/problem";
import type { Access, RouteContract } from "@tradepost/contracts/route";
import { z } from "zod";

type Json = Record<string, unknown>;

/** Statuses that any route may answer; a contract names the others. */
const ALWAYS = [400, 401, 403, 429, 500, 503];
const NO_IDENTITY = new Set<Access>(["public", "webhook"]);
const PROBLEM_CONTENT = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: "draft-2020-12" }) as Json;
  return json;
};

/** The OpenAPI 3.1 document of a service, from its contracts alone; the same contracts give the same bytes. */
export function openApiDocument(service: string, routes: Record<string, RouteContract>): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, route] of Object.entries(routes)) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(service, operationId, route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: `Tradepost ${service}`, version: "1" },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Problem: { ...schemaOf(Problem, "output"), additionalProperties: true } },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        sessionCookie: { type: "apiKey", in: "cookie", name: "__Host-session" },
        serviceToken: { type: "apiKey", in: "header", name: "x-service-token" },
      },
    },
  };
}

function operation(service: string, operationId: string, route: RouteContract): Json {
  return {
    operationId,
    summary: route.summary,
    tags: [service],
    ...accessOf(route.access),
    parameters: parametersOf(route),
    ...(route.body
      ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } } }
      : {}),
    responses: responsesOf(route),
  };
}

function accessOf(access: Access): Json {
  if (NO_IDENTITY.has(access)) return { security: [] };
  if (access === "visitor") return { security: [{}, { bearer: [] }, { sessionCookie: [] }] };
  if (access === "shopper") return { security: [{ bearer: [] }, { sessionCookie: [] }] };
  if (typeof access === "object" && "service" in access) {
    return { security: [{ serviceToken: [] }], "x-services": access.service };
  }
  const permission = typeof access === "object" ? access.staff : undefined;
  return { security: [{ bearer: [] }, { sessionCookie: [] }], "x-permission": permission };
}

function parametersOf(route: RouteContract): Json[] {
  const named = Object.entries(route.headers ?? {}).map(([name, description]) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  }));
  const key = { name: "Idempotency-Key", in: "header", required: true };
  const keySchema = { type: "string", minLength: 8, maxLength: 200, pattern: "^[\\x21-\\x7e]+$" };
  return [
    ...fieldsOf(route.params, "path"),
    ...fieldsOf(route.querystring, "query"),
    ...named,
    ...(route.idempotent ? [{ ...key, schema: keySchema }] : []),
  ];
}

function fieldsOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, json]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: json,
  }));
}

function responsesOf({ success, failures }: RouteContract): Json {
  const content = success.body ? { content: { "application/json": { schema: schemaOf(success.body, "output") } } } : {};
  const statuses = [...new Set([...ALWAYS, ...failures])].sort((a, b) => a - b);
  return {
    [success.status]: { description: success.status === 204 ? "Done" : "Success", ...content },
    ...Object.fromEntries(statuses.map((status) => [status, { description: "Problem", content: PROBLEM_CONTENT }])),
  };
}
