import type { KongConfig, KongRoute, KongService } from "./kong-config.ts";

interface Entry<T> {
  pattern: RegExp;
  priority: number;
  target: T;
}

/**
 * Finds a route as Kong's router does: of the routes whose method and path match, the one with the highest
 * regex_priority. Throws an Error for two routes that would match the same and are told apart by nothing.
 */
export function createRouter<T>(
  config: KongConfig,
  target: (service: KongService, route: KongRoute) => T,
): (method: string, path: string) => T | undefined {
  const byMethod = new Map<string, Entry<T>[]>();
  for (const service of config.services) {
    for (const route of service.routes) {
      const entry = {
        pattern: new RegExp(`^${route.paths[0].slice(1)}`),
        priority: route.regex_priority,
        target: target(service, route),
      };
      for (const method of route.methods) byMethod.set(method, [...(byMethod.get(method) ?? []), entry]);
    }
  }
  for (const entries of byMethod.values()) entries.sort((a, b) => b.priority - a.priority);
  return (method, path) => byMethod.get(method)?.find(({ pattern }) => pattern.test(path))?.target;
}
