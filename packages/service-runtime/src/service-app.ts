import { randomUUIDv7 } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { CallerName } from "@tradepost/contracts/route";
import Fastify, { type FastifyInstance, type FastifyReply, type onRequestHookHandler } from "fastify";

import { AppError } from "./app-error.ts";
import type { Identify, Identity } from "./identity.ts";
import { acceptOnlyJson } from "./json-body.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { PROBLEM_TYPE, problemBody, toAppError } from "./problem-response.ts";
import { refuseRaw } from "./raw-refusal.ts";
import type { ServiceTokens } from "./service-token.ts";

const RECORDED = Symbol("recorded");
type RecordedResponse = ServerResponse & { [RECORDED]: { reply: FastifyReply; startedAtMs: number } };

export const BODY_LIMIT_BYTES = 256 * 1024;
/** How long a caller may take for its headers, and for the whole request; the gateway allows no more either. */
const TIMEOUTS = { headersMs: 10_000, requestMs: 30_000 };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export interface ServiceAppOptions {
  name: string;
  logger: Logger;
  /** Addresses or CIDR ranges of the proxies in front whose `X-Forwarded-For` is believed. Default none. */
  trustProxy?: boolean | string | string[];
  /** Needed by routes that are not public. */
  identify?: Identify | undefined;
  /** Needed by service-to-service routes. */
  serviceTokens?: ServiceTokens | undefined;
  metrics?: Metrics | undefined;
  /** Default: 10 s for a request's headers, 30 s for the whole of it. */
  timeouts?: { headersMs: number; requestMs: number } | undefined;
  /** Told of every unexpected error, e.g. to send it to Sentry. */
  onUnexpectedError?: ((error: unknown) => void) | undefined;
}

declare module "fastify" {
  interface FastifyInstance {
    tradepost: ServiceAppOptions;
  }
  interface FastifyContextConfig {
    /** The body stays bytes: the route verifies a signature over them. */
    rawBody?: boolean;
  }
  interface FastifyRequest {
    /** Set on routes that are not public, before the body is read. */
    identity: Identity | null;
    caller: CallerName | undefined;
    /** The trace that calls to neighbours continue. */
    traceparent: string | undefined;
  }
  interface FastifyReply {
    /** The code of the problem that was sent, for the access log. */
    problemCode: string | undefined;
  }
}

/**
 * The HTTP side of a service, apart from listening so that tests can inject. Routes are added with mountRoute; every
 * failure becomes an RFC 9457 problem, and every request one line in the log and one observation in the metrics.
 */
export function createServiceApp(options: ServiceAppOptions): FastifyInstance {
  const timeouts = options.timeouts ?? TIMEOUTS;
  const app: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: options.trustProxy ?? false,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    // A request that arrives on a kept-alive connection while stopping is served, and told to connect elsewhere next.
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: (raw) => requestIdOf(raw.headers["x-request-id"]),
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(error, reply as FastifyReply, options);
    },
    clientErrorHandler: refuseRaw,
    requestTimeout: timeouts.requestMs,
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: Math.min(1_000, timeouts.headersMs),
      maxHeaderSize: 16 * 1024,
    },
  });
  app.decorate("tradepost", options);
  app.decorateReply("problemCode", undefined);
  app.decorateRequest("identity", null);
  app.decorateRequest("caller", undefined);
  app.decorateRequest("traceparent", undefined);
  acceptOnlyJson(app);
  app.setErrorHandler((error, _request, reply) => sendProblem(error, reply, options));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(new AppError(404, "route.not_found", "There is nothing at this address"), reply, options),
  );
  app.addHook("onRequest", recordWhenClosed(options));
  return app;
}

const requestIdOf = (sent: string | string[] | undefined): string =>
  typeof sent === "string" && UUID.test(sent) ? sent : randomUUIDv7();

function sendProblem(error: unknown, reply: FastifyReply, { logger, onUnexpectedError }: ServiceAppOptions) {
  const known = toAppError(error);
  const requestId = reply.request.id;
  if (known.status >= 500) {
    const cause = known.cause ?? known;
    logger.error({
      event: "request.failed",
      requestId,
      route: reply.request.routeOptions.url,
      code: known.code,
      err: cause,
    });
    if (!(error instanceof AppError)) onUnexpectedError?.(error);
  }
  reply.problemCode = known.code;
  if (known.headers) reply.headers(known.headers);
  return reply
    .code(known.status)
    .headers({ "x-request-id": requestId, "cache-control": "no-store", "content-type": PROBLEM_TYPE })
    .send(JSON.stringify(problemBody(known, requestId)));
}

/** Listens for the end of each response. Fastify's onResponse hook does too, with four more listeners per request. */
function recordWhenClosed({ logger, metrics }: ServiceAppOptions): onRequestHookHandler {
  function record(this: RecordedResponse) {
    const { reply, startedAtMs } = this[RECORDED];
    const { request } = reply;
    const route = request.routeOptions.url ?? "none";
    const durationMs = Math.round((performance.now() - startedAtMs) * 100) / 100;
    const status = reply.raw.statusCode;
    metrics?.observeRequest(request.method, route, status, durationMs);
    logger.request({
      requestId: request.id,
      method: request.method,
      route,
      status,
      durationMs,
      code: reply.problemCode,
    });
  }
  return (_request, reply, done) => {
    const response = reply.raw as RecordedResponse;
    response[RECORDED] = { reply, startedAtMs: performance.now() };
    response.on("close", record);
    done();
  };
}
