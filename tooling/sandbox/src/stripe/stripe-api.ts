import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { applyFaults, delayEffect } from "../faults/apply-faults.ts";
import type { FaultPlan } from "../faults/fault-plan.ts";
import type { Store } from "../storage/store.ts";
import type { Transact } from "../storage/transaction.ts";
import { readApiKey } from "./api-keys.ts";
import { invalidRequest, StripeApiError } from "./errors.ts";
import { expand } from "./expand.ts";
import { fingerprintOf, type IdempotencyKeys } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { publicView } from "./payment-intent.ts";
import type { StripeRoute } from "./route.ts";

export type StripeApiParts = {
  store: Store;
  transact: Transact;
  keys: IdempotencyKeys;
  faults: FaultPlan;
  nowMs: () => number;
  apiVersion: string;
  routes: StripeRoute[];
};

type Params = Record<string, unknown>;
type Answer = { status: number; body: unknown };

/** Mounts Stripe's API under `/v1`, open to browsers of any origin as Stripe's is. */
export function mountStripeApi(app: FastifyInstance, parts: StripeApiParts): void {
  app.removeContentTypeParser("application/json");
  app.addHook("onRequest", async (request, reply) => {
    reply.header("access-control-allow-origin", "*");
    reply.header("access-control-expose-headers", "Request-Id, Idempotent-Replayed, Stripe-Version");
    reply.header("request-id", request.id);
    reply.header("stripe-version", request.headers["stripe-version"] ?? parts.apiVersion);
  });
  applyFaults(app, parts.faults, "stripe", (status) => failureBody(status));
  for (const route of parts.routes) {
    app.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => serve(parts, route, request, reply),
    });
  }
  app.options("/v1/*", async (request, reply) => {
    reply.header("access-control-allow-methods", "GET, POST, DELETE, OPTIONS");
    reply.header("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "*");
    reply.header("access-control-max-age", "300");
    return reply.code(204).send();
  });
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: "/v1/*",
    handler: async (request, reply) => {
      const message = `Unrecognized request URL (${request.method}: ${request.url.split("?")[0]}).`;
      return sendError(reply, new StripeApiError(404, { type: "invalid_request_error", message }));
    },
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof StripeApiError) return sendError(reply, error);
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    if (statusCode < 500) return sendError(reply, new StripeApiError(400, { type: "invalid_request_error", message }));
    console.error(error);
    return sendError(reply, new StripeApiError(500, { type: "api_error", message }));
  });
}

async function serve(parts: StripeApiParts, route: StripeRoute, request: FastifyRequest, reply: FastifyReply) {
  const params = { ...((request.method === "POST" ? request.body : request.query) as Params | undefined) };
  const publishable = readApiKey(request.headers.authorization, params, route.keys);
  const key = request.method === "POST" ? request.headers["idempotency-key"] : undefined;
  if (typeof key !== "string") {
    await delayEffect(request);
    const { status, body } = work(parts, route, request, { params, publishable, key: null });
    return reply.code(status).send(body);
  }
  const call = { key, endpoint: request.url.split("?")[0] as string, fingerprint: fingerprintOf(params) };
  const saved = parts.keys.claim(call);
  if (saved) {
    reply.header("idempotent-replayed", "true").header("original-request", saved.requestId);
    if (saved.status >= 500) reply.header("stripe-should-retry", "false");
    return reply.code(saved.status).send(saved.body);
  }
  const save = (result: Answer) =>
    parts.keys.save({ ...call, ...result, id: key, requestId: request.id, savedAtMs: parts.nowMs() });
  try {
    await delayEffect(request);
    const failure = storedFailure(request);
    const answer =
      failure && request.fault?.when === "before"
        ? keep(parts, request, save, failure)
        : work(parts, route, request, { params, publishable, key }, (result) => save(failure ?? result));
    const { status, body } = failure ?? answer;
    return reply.code(status).send(body);
  } finally {
    parts.keys.release(key);
  }
}

function keep(
  { transact }: StripeApiParts,
  { id, headers }: FastifyRequest,
  save: (answer: Answer) => void,
  failure: Answer,
): Answer {
  return transact({ id, idempotency_key: String(headers["idempotency-key"]) }, () => {
    save(failure);
    return failure;
  });
}

/** A failure of Stripe's own that it keeps as its answer, whether the work was done or not. */
function storedFailure({ fault }: FastifyRequest): Answer | undefined {
  return fault?.kind === "storedStatus" ? { status: fault.status, body: failureBody(fault.status) } : undefined;
}

/** Does the work and saves its answer in one transaction. What fails validation is not saved, as with Stripe. */
function work(
  parts: StripeApiParts,
  route: StripeRoute,
  request: FastifyRequest,
  {
    params: { expand: paths, key: _key, ...params },
    ...caller
  }: { params: Params; publishable: boolean; key: string | null },
  save: (answer: Answer) => void = () => {},
): Answer {
  const { id = "" } = request.params as { id?: string };
  const run = route.prepare(params, { id, publishable: caller.publishable });
  const expansions = readExpansions(paths);
  return parts.transact({ id: request.id, idempotency_key: caller.key }, (tx) => {
    const answer = attempt(() => expand(parts.store, run(tx), expansions), caller.publishable);
    save(answer);
    return answer;
  });
}

function attempt(run: () => object, publishable: boolean): Answer {
  try {
    return { status: 200, body: run() };
  } catch (error) {
    if (!(error instanceof StripeApiError)) throw error;
    const { payment_intent: intent } = error.body;
    const shown = intent && publishable ? { payment_intent: publicView(intent) } : {};
    return { status: error.status, body: { error: { ...error.body, ...shown } } };
  }
}

function readExpansions(paths: unknown): string[] {
  if (paths === undefined) return [];
  if (Array.isArray(paths) && paths.every((path) => typeof path === "string")) return paths;
  throw invalidRequest("Invalid array", { param: "expand" });
}

function sendError(reply: FastifyReply, error: StripeApiError) {
  return reply.code(error.status).send({ error: error.body });
}

function failureBody(status: number): object {
  if (status === 429) {
    const message = "Request rate limit exceeded. Learn more about rate limits: https://stripe.com/docs/rate-limits.";
    return { error: { type: "invalid_request_error", code: "rate_limit", message } };
  }
  return { error: { type: "api_error", message: "An unknown error occurred" } };
}

/** Request ids as Stripe writes them. */
export const newRequestId = () => newId("req");
