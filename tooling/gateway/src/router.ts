import type { KongRoute } from "./kong-config.ts";

interface Entry<T> {
  pattern: RegExp;
  priority: number;
  target: T;
}

/**
 * Finds a route as Kong's router does: of the routes whose method and path match, the one with the highest
 * regex_priority. Throws an Error for two routes with the same method and path.
 */
export function createRouter<T>(
  routes: readonly { route: KongRoute; target: T }[],
): (method: string, path: string) => T | undefined {
  const byMethod = new Map<string, Entry<T>[]>();
  const taken = new Map<string, string>();
  for (const { route, target } of routes) {
    const [path] = route.paths;
    const entry = { pattern: new RegExp(`^${path.slice(1)}`), priority: route.regex_priority, target };
    for (const method of route.methods) {
      const other = taken.get(`${method} ${path}`);
      // Preflights are answered the same on any route of a path.
      if (other !== undefined && method !== "OPTIONS") throw new Error(`${route.name} and ${other} both take ${path}`);
      taken.set(`${method} ${path}`, route.name);
      byMethod.set(method, [...(byMethod.get(method) ?? []), entry]);
    }
  }
  for (const entries of byMethod.values()) entries.sort((a, b) => b.priority - a.priority);
  return (method, path) => byMethod.get(method)?.find(({ pattern }) => pattern.test(path))?.target;
}
