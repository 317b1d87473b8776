import type { PluginHandler } from "../exchange.ts";
import type { PluginConfig } from "../kong-config.ts";

/** Takes headers away that tell about the inside, and adds others where the service has not set them. */
export function responseTransformer(config: PluginConfig<"response-transformer">): PluginHandler {
  const additions = config.add.headers.map((pair) => {
    const colon = pair.indexOf(":");
    return [pair.slice(0, colon), pair.slice(colon + 1)] as const;
  });
  return {
    respond(_exchange, _status, headers) {
      for (const name of config.remove.headers) delete headers[name];
      for (const [name, value] of additions) headers[name] ??= value;
    },
  };
}
