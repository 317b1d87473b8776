import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const current = new AsyncLocalStorage<FastifyRequest>();

/** Runs a request's work so that calls to neighbours made inside it can tell which request they belong to. */
export const runInRequest = current.run.bind(current) as <T, A extends unknown[]>(
  request: FastifyRequest,
  work: (...args: A) => T,
  ...args: A
) => T;

/**
 * The W3C trace context of the work at hand: that of the request it belongs to, or a new one outside requests and where
 * the caller sent none.
 */
export function currentTraceparent(): string {
  const incoming = current.getStore()?.headers.traceparent;
  if (typeof incoming === "string" && TRACEPARENT.test(incoming)) return incoming;
  return `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;
}

/** Headers that tie a call to a neighbour to the request it is made for. */
export function propagationHeaders(): Record<string, string> {
  const request = current.getStore();
  const traceparent = currentTraceparent();
  return request ? { traceparent, "x-request-id": request.id } : { traceparent };
}
