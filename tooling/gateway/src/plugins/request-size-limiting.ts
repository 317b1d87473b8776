import type { PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

const BYTES = { megabytes: 1024 * 1024, kilobytes: 1024, bytes: 1 };

export const sizeLimitBytes = (config: PluginConfig<"request-size-limiting">): number =>
  config.allowed_payload_size * BYTES[config.size_unit];

/** Refuses a body that says it is too large; one that does not say so is refused while it is read. */
export function requestSizeLimiting(config: PluginConfig<"request-size-limiting">): PluginHandler {
  const limitBytes = sizeLimitBytes(config);
  return {
    access({ request: { headers } }) {
      if (Number(headers["content-length"] ?? 0) <= limitBytes) return undefined;
      return { status: headers.expect === "100-continue" ? 417 : 413 };
    },
  };
}
