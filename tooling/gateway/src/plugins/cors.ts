import type { Exchange, Headers, PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

/** Answers preflights and tells browsers which origins may read an answer. */
export function cors(config: PluginConfig<"cors">): PluginHandler {
  const allowed = new Set(config.origins.map(normalise));
  const only = config.origins.length === 1 ? config.origins[0] : undefined;

  const allowOrigin = (exchange: Exchange, headers: Headers): void => {
    headers.vary = [headers.vary ?? [], "Origin"].flat().join(", ");
    const origin = only ?? matching(allowed, exchange.request.headers.origin);
    if (origin === undefined) delete headers["access-control-allow-origin"];
    else headers["access-control-allow-origin"] = origin;
    if (config.credentials) headers["access-control-allow-credentials"] = "true";
  };

  return {
    access(exchange) {
      const { method, headers } = exchange.request;
      const isPreflight = method === "OPTIONS" && headers.origin && headers["access-control-request-method"];
      if (!isPreflight) return undefined;
      exchange.isPreflight = true;
      const answer: Headers = {
        "access-control-allow-headers": config.headers.join(","),
        "access-control-allow-methods": config.methods.join(","),
        "access-control-max-age": String(config.max_age),
        "content-length": "0",
      };
      allowOrigin(exchange, answer);
      return { status: 200, headers: answer };
    },
    respond(exchange, _status, headers) {
      if (exchange.isPreflight) return;
      allowOrigin(exchange, headers);
      headers["access-control-expose-headers"] = config.exposed_headers.join(",");
    },
  };
}

function matching(allowed: ReadonlySet<string>, origin: string | undefined): string | undefined {
  const normal = origin === undefined ? undefined : normalise(origin);
  return normal !== undefined && allowed.has(normal) ? normal : undefined;
}

/** Without a port that the scheme has anyway. */
const normalise = (origin: string): string =>
  origin.replace(/^(http:\/\/[^/]*):80$/, "$1").replace(/^(https:\/\/[^/]*):443$/, "$1");
