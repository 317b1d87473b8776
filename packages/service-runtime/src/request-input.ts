import type { RouteContract, RouteInput } from "@tradepost/contracts/route";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { invalidRequest } from "./app-error.ts";
import { applyInputRules } from "./input-rules.ts";
import { listFields, strictSchema } from "./strict-schema.ts";

type Read = (request: FastifyRequest) => unknown;
const Nothing = z.strictObject({});

/**
 * Compiles what reads and checks a route's params, query and body. What a contract does not declare is refused, so a
 * misspelt or smuggled field never passes in silence. The returned function throws AppError 400 `request.invalid`.
 */
export function requestInput<R extends RouteContract>(route: R): (request: FastifyRequest) => RouteInput<R> {
  const params = paramsReader(route);
  const query = queryReader(route);
  const body = bodyReader(route);
  return (request) => ({ params: params(request), query: query(request), body: body(request) }) as RouteInput<R>;
}

function paramsReader({ params }: RouteContract): Read {
  if (!params) return () => undefined;
  const schema = strictSchema(params);
  return (request) => parse(schema, applyInputRules(request.params));
}

function queryReader({ querystring, access }: RouteContract): Read {
  if (access === "webhook") return () => undefined;
  const schema = querystring ? strictSchema(querystring) : Nothing;
  const lists = listFields(querystring);
  return (request) => {
    if (!querystring && !request.url.includes("?")) return undefined;
    const query = applyInputRules(request.query) as Record<string, unknown>;
    for (const field of lists) if (typeof query[field] === "string") query[field] = [query[field]];
    const parsed = parse(schema, query);
    return querystring ? parsed : undefined;
  };
}

/** A webhook's body stays bytes until its signature holds; a route without a body takes none, or an empty object. */
function bodyReader({ body, access, longNumbers }: RouteContract): Read {
  if (access === "webhook") return () => undefined;
  if (body) {
    const schema = strictSchema(body);
    return (request) => parse(schema, applyInputRules(request.body, longNumbers));
  }
  return (request) => {
    if (request.body !== undefined && request.body !== null) parse(Nothing, applyInputRules(request.body));
    return undefined;
  };
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.flatMap(toErrors));
}

function toErrors(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: path === "" ? key : `${path}.${key}`, message: "is not a known field" }));
}
