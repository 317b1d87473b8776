import type { RouteContract } from "@tradepost/contracts/route";

export interface CallParts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
}

/** The path and query of a call; arrays repeat their key, `undefined` and `null` are left out. */
export function callPath(route: RouteContract, { params = {}, query = {} }: CallParts): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null)
        search.append(key, item instanceof Date ? item.toISOString() : `${item}`);
    }
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Headers that follow from the call itself. */
export function callHeaders(route: RouteContract, { body, idempotencyKey }: CallParts): Record<string, string> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (route.idempotent && idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
  return headers;
}
