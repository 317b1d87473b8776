import type { PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

/** Takes headers away that only the inside may set. */
export function requestTransformer(config: PluginConfig<"request-transformer">): PluginHandler {
  return {
    access({ upstreamHeaders }) {
      for (const name of config.remove.headers) delete upstreamHeaders[name];
      return undefined;
    },
  };
}
