import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { type SpanContext, trace } from "@opentelemetry/api";
import type { FastifyRequest } from "fastify";

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

const current = new AsyncLocalStorage<FastifyRequest>();

/** Runs a request's work so that calls to neighbours made inside it can tell which request they belong to. */
export const runInRequest = current.run.bind(current) as <T, A extends unknown[]>(
  request: FastifyRequest,
  work: (...args: A) => T,
  ...args: A
) => T;

/** The parts of a W3C `traceparent` header; `undefined` when it is not one. */
export function parseTraceparent(header: unknown): { traceId: string; spanId: string; traceFlags: number } | undefined {
  const [, traceId, spanId, flags] = (typeof header === "string" && TRACEPARENT.exec(header)) || [];
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16) } : undefined;
}

/**
 * The W3C trace context of the work at hand: the active span where tracing is on (a request's or an event's), else what
 * the caller sent, else a new one, kept for the rest of the request.
 */
export function currentTraceparent(): string {
  const active = trace.getActiveSpan()?.spanContext();
  if (active) return formatTraceparent(active);
  const request = current.getStore();
  if (request?.traceparent) return request.traceparent;
  const incoming = request?.headers.traceparent;
  const traceparent = parseTraceparent(incoming) ? (incoming as string) : newTraceparent();
  if (request) request.traceparent = traceparent;
  return traceparent;
}

/** A span's context as the W3C header. */
export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;

const newTraceparent = (): string => `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;

/** Headers that tie a call to a neighbour to the request it is made for. */
export function propagationHeaders(): Record<string, string> {
  const request = current.getStore();
  const traceparent = currentTraceparent();
  return request ? { traceparent, "x-request-id": request.id } : { traceparent };
}
