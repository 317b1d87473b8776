import { randomUUID } from "node:crypto";
import { sampleOf } from "../../contract-samples.ts";
import { type Battlefield, EXPOSED, ROUTES, shotAt, WORDS } from "../battlefield.ts";
import { PRIVILEGED, withKey } from "../hostile-values.ts";

/** Names in paths that are no secret of anybody's. */
const NOBODYS = new Set(["slug", "sku", "provider"]);
const isRefusal = (status: number) => status >= 400 && status < 500;

export interface Tried {
  routes: string[];
  /** Ids that the victim has none of, in whose place something random was tried. */
  invented: string[];
}

/** Every id of every route, the victim's, as another shopper and as guests with and without a token of their own (S8). */
export async function tryForeignIds({ range, victim, attacker }: Battlefield): Promise<Tried> {
  const tried: Tried = { routes: [], invented: [] };
  for (const named of EXPOSED) {
    const sample = sampleOf(named.route, WORDS);
    const names = Object.keys(sample.params).filter((name) => !NOBODYS.has(name));
    if (names.length === 0) continue;
    const ids = names.map((name) => [name, victim.ids[name] ?? randomUUID()]);
    const params = { ...sample.params, ...Object.fromEntries(ids) };
    tried.routes.push(named.name);
    tried.invented.push(...names.filter((name) => victim.ids[name] === undefined));
    for (const headers of [
      attacker().headers,
      {},
      { "x-order-token": "x".repeat(43) },
      { ...attacker().headers, "x-user-id": victim.ids.userId ?? "", "x-consumer-username": "shopper" },
      { "x-service-token": "order", "x-forwarded-for": "127.0.0.1" },
    ] as Record<string, string>[]) {
      await range.shoot(shotAt(named, "foreign ids", { params, headers, allowed: isRefusal }));
      await range.shoot(shotAt(named, "foreign ids", { params, headers, allowed: isRefusal, to: named.service }));
    }
  }
  return tried;
}

/** The fields that nobody may set, one by one, on every route that takes a body or a query: each is refused or unknown. */
export async function assignPrivileges({ range, attacker }: Battlefield): Promise<void> {
  for (const named of ROUTES.filter(({ route }) => route.access !== "webhook")) {
    const sample = sampleOf(named.route, WORDS);
    for (const [key, value] of Object.entries(PRIVILEGED)) {
      const own = (named.route.method === "GET" ? sample.query : (sample.body ?? {})) as object;
      if (key in own) continue;
      const part = named.route.method === "GET" ? "query" : "body";
      const changes = { [part]: withKey(own, key, value), headers: attacker().headers, to: named.service };
      await range.shoot(shotAt(named, "mass assignment", { ...changes, allowed: isRefusal }));
    }
  }
}

/** A card number in every text of every body, and in every query and path: never accepted (S10). */
export async function sendCards({ range, attacker }: Battlefield): Promise<void> {
  const card = "4242 4242 4242 4242";
  for (const named of ROUTES.filter(({ route }) => route.access !== "webhook")) {
    const { body, params } = sampleOf(named.route, WORDS);
    const common = { headers: attacker().headers, to: named.service, allowed: isRefusal };
    await range.shoot(shotAt(named, "card numbers", { ...common, query: { q: card } }));
    if (named.route.method !== "GET")
      await range.shoot(shotAt(named, "card numbers", { ...common, body: { note: card } }));
    for (const name of Object.keys(params))
      await range.shoot(shotAt(named, "card numbers", { ...common, params: { ...params, [name]: card } }));
    for (const [key, value] of Object.entries((body ?? {}) as object)) {
      if (typeof value !== "string") continue;
      await range.shoot(shotAt(named, "card numbers", { ...common, body: { ...(body as object), [key]: card } }));
    }
  }
}
