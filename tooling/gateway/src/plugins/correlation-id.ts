import { randomUUID } from "node:crypto";
import { firstOf, type PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

/** Gives a request an id unless it has one, and tells it to the service and the caller. */
export function correlationId(config: PluginConfig<"correlation-id">): PluginHandler {
  const name = config.header_name.toLowerCase();
  return {
    access(exchange) {
      exchange.requestId = firstOf(exchange.upstreamHeaders[name]) || randomUUID();
      exchange.upstreamHeaders[name] = exchange.requestId;
      return undefined;
    },
    respond(exchange, _status, headers) {
      if (config.echo_downstream) headers[name] = exchange.requestId ??= randomUUID();
    },
  };
}
