import type { CallInput, RouteContract, RouteOutput } from "@tradepost/contracts/route";
import { CallFailed, CallUnreachable } from "./call-error.ts";
import { type CallParts, callHeaders, callPath } from "./encode-call.ts";
import { readAnswer } from "./read-answer.ts";
import { retryDelayMs, wait } from "./retry.ts";

/** What the client reads of an answer; the platform's Response is one. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: { cancel(): Promise<void> } | null;
  text(): Promise<string>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

export interface ClientOptions {
  /** Origin and optional prefix, e.g. `http://product:3000`; empty in a browser means the page's own origin. */
  baseUrl: string;
  /** For the whole call, retries included. Default 5000. */
  timeoutMs?: number;
  /** Further attempts of a repeatable call (GET, PUT, DELETE, or with an Idempotency-Key) after no answer, 429, 502, 503 or 504. Default 1. */
  retries?: number;
  /** Added to every call: authorization, traceparent, x-request-id. */
  headers?: () => Record<string, string>;
  fetch?: Fetch;
  credentials?: "include" | "same-origin" | "omit";
}

export interface CallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

export type Client = <R extends RouteContract>(
  route: R,
  input: CallInput<R>,
  options?: CallOptions,
) => Promise<RouteOutput<R>>;

const sendByGlobalFetch: Fetch = (url, init) => fetch(url, init);

/**
 * A typed caller of contract routes. Throws CallFailed when the server answers with a problem, CallUnreachable when no
 * usable answer comes in time, and the signal's own reason when the caller aborts.
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? sendByGlobalFetch;

  return async (route, input, callOptions = {}) => {
    const parts = input as CallParts;
    const url = baseUrl + callPath(route, parts);
    const init: RequestInit = {
      method: route.method,
      headers: { ...callHeaders(route, parts), ...options.headers?.(), ...callOptions.headers },
    };
    if (parts.body !== undefined) init.body = JSON.stringify(parts.body);
    if (options.credentials) init.credentials = options.credentials;

    const timeoutMs = callOptions.timeoutMs ?? options.timeoutMs ?? 5000;
    const attempts = isRepeatable(route) ? 1 + (options.retries ?? 1) : 1;
    return withinTime(`${route.method} ${route.path}`, timeoutMs, callOptions.signal, (signal) =>
      attempt(attempts, Date.now() + timeoutMs, signal, async () =>
        readAnswer(route, await send(url, { ...init, signal })),
      ),
    ) as never;
  };
}

/** The methods that RFC 9110 §9.2.2 calls idempotent, and routes that say so or are so by their key. */
const isRepeatable = ({ method, idempotent, repeatable }: RouteContract): boolean =>
  idempotent === true || repeatable === true || method === "GET" || method === "PUT" || method === "DELETE";

async function attempt<T>(attempts: number, deadlineMs: number, signal: AbortSignal, work: () => Promise<T>) {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || tried >= attempts) throw error;
      const delayMs = retryDelayMs(error, tried);
      if (delayMs === undefined || Date.now() + delayMs >= deadlineMs) throw error;
      await wait(delayMs, signal);
    }
  }
}

/** AbortSignal.any and .timeout are not in every mobile runtime, so one controller serves both. */
async function withinTime<T>(
  call: string,
  timeoutMs: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  const forward = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", forward, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (outer?.aborted) throw outer.reason;
    if (timedOut) throw new CallUnreachable("timeout", call, { cause: error });
    if (error instanceof CallFailed || error instanceof CallUnreachable) throw error;
    throw new CallUnreachable("network", call, { cause: error });
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", forward);
  }
}
