import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { formatTraceparent, parseTraceparent } from "./request-context.ts";

/**
 * One server span per request, exported over OTLP as the OTEL_ variables say. It continues the caller's trace, and calls
 * to neighbours made in the request continue it (see propagationHeaders).
 */
export function startTracing(service: string) {
  const sdk = new NodeSDK({ serviceName: service, logRecordProcessors: [], metricReaders: [] });
  sdk.start();
  const tracer = trace.getTracer("@tradepost/service-runtime");
  const spans = new WeakMap<FastifyRequest, Span>();

  const traceRequests = (app: FastifyInstance) => {
    app.addHook("onRequest", (request, _reply, done) => {
      const span = startSpan(request);
      spans.set(request, span);
      request.traceparent = formatTraceparent(span.spanContext());
      // Active, so that events written in this request carry its trace too.
      context.with(trace.setSpan(context.active(), span), done);
    });
    app.addHook("onResponse", (request, reply, done) => {
      const span = spans.get(request);
      span?.setAttribute("http.response.status_code", reply.statusCode);
      if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      done();
    });
  };

  const startSpan = (request: FastifyRequest): Span => {
    const route = request.routeOptions.url ?? "none";
    const attributes = {
      "http.request.method": request.method,
      "http.route": route,
      "tradepost.request_id": request.id,
    };
    const parent = parentContext(request);
    return tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  };

  return { traceRequests, stop: () => sdk.shutdown() };
}

function parentContext(request: FastifyRequest): Context {
  const parent = parseTraceparent(request.headers.traceparent);
  return parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
}
