import type { IncomingMessage, ServerResponse } from "node:http";

/** Header names in lower case. */
export type Headers = Record<string, string | string[]>;

/** An answer the gateway gives itself. */
export interface Refusal {
  status: number;
  headers?: Headers;
}

/** One request on its way through the plugins. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clientAddress: string;
  readonly startedAtMs: number;
  /** What is sent to the service. */
  readonly upstreamHeaders: Headers;
  /** Who the caller is to Kong, once jwt has run. */
  consumer?: string;
  requestId?: string;
  hasToken: boolean;
  hasAuthorization: boolean;
  sessionCookie?: string;
  rateLimitHeaders?: Headers;
  isPreflight: boolean;
}

/**
 * A plugin as configured somewhere. `access` runs before the service is asked and may answer in its place; `respond` runs
 * on every answer, the service's as well as the gateway's own.
 */
export interface PluginHandler {
  access?(exchange: Exchange): Refusal | undefined | Promise<Refusal | undefined>;
  respond?(exchange: Exchange, status: number, headers: Headers): void;
}

/** The first value of a header that may have come several times. */
export const firstOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
