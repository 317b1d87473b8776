import { type Exchange, firstOf, type Headers, type PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";
import type { Counters } from "../redis-counters.ts";

const WINDOW_S = 60;

/**
 * At most so many requests a minute of one address or header value, in fixed windows like Kong's redis policy, counted
 * over everything that `scope` covers. Where the counters are away, `fault_tolerant` decides whether requests pass.
 */
export function rateLimiting(
  config: PluginConfig<"rate-limiting">,
  scope: string,
  counters: Counters,
  now: () => number,
): PluginHandler {
  const limit = config.minute;
  return {
    async access(exchange) {
      const nowS = Math.floor(now() / 1000);
      const windowS = nowS - (nowS % WINDOW_S);
      const key = `ratelimit:${scope}:${identifier(config, exchange)}:${windowS}:minute`;
      let used: number;
      try {
        used = await counters.take(key, limit, WINDOW_S);
      } catch {
        return config.fault_tolerant ? undefined : { status: 500 };
      }
      const resetS = Math.max(1, WINDOW_S - (nowS - windowS));
      const headers = config.hide_client_headers ? {} : limitHeaders(limit, Math.max(0, limit - used - 1), resetS);
      exchange.rateLimitHeaders = headers;
      if (used < limit) return undefined;
      return { status: config.error_code, headers: { "retry-after": String(resetS) } };
    },
    respond({ rateLimitHeaders }, _status, headers) {
      if (rateLimitHeaders) Object.assign(headers, rateLimitHeaders);
    },
  };
}

const identifier = (config: PluginConfig<"rate-limiting">, exchange: Exchange): string =>
  (config.header_name && firstOf(exchange.upstreamHeaders[config.header_name.toLowerCase()])) || exchange.clientAddress;

const limitHeaders = (limit: number, remaining: number, resetS: number): Headers => ({
  "x-ratelimit-limit-minute": String(limit),
  "x-ratelimit-remaining-minute": String(remaining),
  "ratelimit-limit": String(limit),
  "ratelimit-remaining": String(remaining),
  "ratelimit-reset": String(resetS),
});
