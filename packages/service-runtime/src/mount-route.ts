import type { OutgoingHttpHeaders } from "node:http";
import type { StaffAction } from "@tradepost/contracts/audit";
import {
  type CallerName,
  isExposed,
  type Permission,
  type RouteContract,
  type RouteInput,
  type RouteOutput,
} from "@tradepost/contracts/route";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";
import { requireIdempotencyKey } from "./idempotency-key.ts";
import { authorise, GUEST, type IdentityFor } from "./identity.ts";
import type { Logger } from "./logger.ts";
import { matchesEtag, PreSerialised } from "./pre-serialised.ts";
import { runInRequest } from "./request-context.ts";
import { requestInput } from "./request-input.ts";
import { responseSerialiser } from "./response-serialiser.ts";
import type { ServiceAppOptions } from "./service-app.ts";
import { SERVICE_TOKEN_HEADER } from "./service-token.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** What a handler may want to know besides its input. */
export interface RouteContext<R extends RouteContract = RouteContract> {
  identity: IdentityFor<R["access"]>;
  /** The calling service, on service-to-service routes. */
  caller: R["access"] extends { readonly service: readonly CallerName[] } ? CallerName : undefined;
  requestId: string;
  /** On staff routes, what the audit log is told of a write. */
  action: R["access"] extends { readonly staff: Permission } ? StaffAction : undefined;
  idempotencyKey: R extends { idempotent: true } ? string : undefined;
  /** The bytes a webhook's signature is over. */
  rawBody: R["access"] extends "webhook" ? Buffer : undefined;
  /** Writes lines that carry the request's id. */
  log: Logger;
  request: FastifyRequest;
  reply: FastifyReply;
}

type Handler<R extends RouteContract, Answer> = (input: RouteInput<R>, context: RouteContext<R>) => Answer;

/** Returns the success body, or bytes of it; nothing on a 204 route. */
export type RouteHandler<R extends RouteContract> = R["success"] extends { status: 204 }
  ? Handler<R, Promise<void>>
  : Handler<R, RouteOutput<R> | PreSerialised | Promise<RouteOutput<R> | PreSerialised>>;

export interface MountOptions {
  /** `Cache-Control` of successes. Default: `no-store` unless the route is a public GET. */
  cacheControl?: string;
  /** Largest body, for imports. Default 256 KB. */
  bodyLimitBytes?: number;
}

/**
 * Serves a contract's route: who may call, what may come in and what may go out are the contract's; `handle` does the
 * work, returns the success body (or PreSerialised bytes) and throws AppError for failures.
 */
export function mountRoute<R extends RouteContract>(
  app: FastifyInstance,
  route: R,
  handle: RouteHandler<R>,
  options: MountOptions = {},
): void {
  const guard = accessGuard(route, app.tradepost);
  const readInput = requestInput(route);
  const send = answerSender(route, options);
  const { logger } = app.tradepost;
  const work = handle as Handler<R, unknown>;

  app.route({
    method: route.method,
    url: route.path,
    config: { rawBody: route.access === "webhook" },
    ...(options.bodyLimitBytes === undefined ? {} : { bodyLimit: options.bodyLimitBytes }),
    ...(guard ? { onRequest: guard } : {}),
    handler: (request, reply) => {
      const input = readInput(request);
      const context = new Context(request, reply, logger, route) as unknown as RouteContext<R>;
      const output = runInRequest(request, work, input, context);
      return output instanceof Promise ? output.then((value) => send(value, reply)) : send(output, reply);
    },
  });
}

class Context {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly idempotencyKey: string | undefined;
  readonly #logger: Logger;
  readonly #route: RouteContract;

  constructor(request: FastifyRequest, reply: FastifyReply, logger: Logger, route: RouteContract) {
    this.request = request;
    this.#route = route;
    this.reply = reply;
    this.idempotencyKey = route.idempotent ? requireIdempotencyKey(request) : undefined;
    this.#logger = logger;
  }
  get identity() {
    return this.request.identity ?? GUEST;
  }
  get caller() {
    return this.request.caller;
  }
  get requestId() {
    return this.request.id;
  }
  get action(): StaffAction | undefined {
    const { identity, id: requestId, server } = this.request;
    if (!isStaffRoute(this.#route) || identity?.kind !== "shopper") return undefined;
    const { method, path } = this.#route;
    return { service: server.tradepost.name, route: `${method} ${path}`, actorId: identity.userId, requestId };
  }
  get rawBody() {
    return this.request.routeOptions.config.rawBody ? this.request.body : undefined;
  }
  get log() {
    return this.#logger.child({ requestId: this.request.id });
  }
}

const isStaffRoute = ({ access }: RouteContract): boolean => typeof access === "object" && "staff" in access;

/** Runs before the body is read, so that nobody without access makes the service parse one. */
function accessGuard(route: RouteContract, { identify, serviceTokens, logger }: ServiceAppOptions) {
  const { access } = route;
  if (access === "public" || access === "webhook") return undefined;
  if (!isExposed(route)) {
    const allowed: readonly CallerName[] = typeof access === "object" && "service" in access ? access.service : [];
    if (!serviceTokens) throw new Error(`${route.path} needs createServiceApp's serviceTokens`);
    return async (request: FastifyRequest) => {
      const caller = serviceTokens.verify(request.headers[SERVICE_TOKEN_HEADER]?.toString());
      if (!allowed.includes(caller)) throw new AppError(403, "service.refused", "This service may not call this path");
      request.caller = caller;
    };
  }
  if (!identify) throw new Error(`${route.path} needs createServiceApp's identify`);
  return async (request: FastifyRequest) => {
    const identity = await runInRequest(request, identify, request);
    try {
      authorise(identity, access);
    } catch (error) {
      if (identity.kind === "shopper") logDenial(logger, request, route, identity.userId);
      throw error;
    }
    request.identity = identity;
  };
}

/** Who has tried what without the permission: the access line says only that somebody did. */
function logDenial(logger: Logger, { id: requestId }: FastifyRequest, { method, path }: RouteContract, userId: string) {
  logger.warn({ event: "staff.denied", requestId, method, route: path, userId });
}

function answerSender(route: RouteContract, options: MountOptions) {
  const { status, body } = route.success;
  // Compiled for the first answer: all routes' at start would be a tenth of what a start costs.
  let serialise: ((output: unknown) => string) | undefined;
  const isPublicPage = route.access === "public" && route.method === "GET";
  const cacheControl = options.cacheControl ?? (isPublicPage ? undefined : "no-store");

  return (output: unknown, reply: FastifyReply): unknown => {
    if (reply.sent) return reply;
    if (output instanceof PreSerialised) return sendBytes(output, status, cacheControl, reply);
    reply.code(status).header("x-request-id", reply.request.id);
    if (cacheControl !== undefined && !reply.hasHeader("cache-control")) reply.header("cache-control", cacheControl);
    if (!body) return reply.send();
    serialise ??= responseSerialiser(body);
    return reply.header("content-type", JSON_TYPE).send(serialise(output));
  };
}

/** Writes to the socket without Fastify's reply pipeline, which costs a cached page a sixth of its throughput. */
function sendBytes(page: PreSerialised, status: number, cacheControl: string | undefined, reply: FastifyReply): void {
  const { request, raw } = reply;
  const headers: OutgoingHttpHeaders = { "x-request-id": request.id, etag: page.etag };
  if (cacheControl !== undefined) headers["cache-control"] = cacheControl;
  Object.assign(headers, reply.getHeaders());
  reply.hijack();
  if (matchesEtag(request.headers["if-none-match"], page.etag)) {
    raw.writeHead(304, headers).end();
    return;
  }
  headers["content-type"] = JSON_TYPE;
  headers["content-length"] = page.bytes.length;
  raw.writeHead(status, headers).end(page.bytes);
}
