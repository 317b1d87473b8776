import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed, type RouteContract, type ServiceName } from "@tradepost/contracts/route";
import { keptSecrets, type Secrets } from "@tradepost/local-stack/secrets";
import { type Stack, startStack } from "@tradepost/local-stack/stack";
import { type Canaries, newCanaries } from "../canaries/canaries.ts";
import { type Sample, sampleOf, type Words } from "../contract-samples.ts";
import { toPathPart } from "./hostile-values.ts";
import { createRange, type Range, type Shot } from "./range.ts";
import { type Attacker, newAttacker, newVictim, type Victim } from "./victim.ts";

const ATTACKERS = 24;

/** A running shop with somebody worth attacking in it, and those who attack. */
export interface Battlefield {
  stack: Stack;
  secrets: Secrets;
  canaries: Canaries;
  range: Range;
  victim: Victim;
  /** The next attacker, so that none meets the limit of requests a minute. */
  attacker: () => Attacker;
  stop: () => Promise<void>;
}

export interface NamedRoute {
  service: ServiceName;
  name: string;
  route: RouteContract;
}

export const ROUTES: NamedRoute[] = Object.entries(routesByService).flatMap(([service, routes]) =>
  Object.entries(routes).map(([name, route]) => ({ service: service as ServiceName, name, route })),
);
export const EXPOSED = ROUTES.filter(({ route }) => isExposed(route));
export const WORDS: Words = {
  ...{ email: "attacker@example.com", phone: "+4930123456", password: "attacking horse battery", text: "Attacker" },
};

export async function openBattlefield(): Promise<Battlefield> {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-hostile-"));
  const mediaDir = join(import.meta.dirname, "../../../.local/media");
  // The victim's order must not run out of time while it is attacked.
  const serviceEnv = { order: { PAY_WITHIN_SECONDS: "86400" } };
  const stack = await startStack({ dir, mediaDir, serviceEnv, durable: false, download: false });
  const stop = async () => {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const canaries = newCanaries();
    const victim = await newVictim(stack.url, canaries);
    const attackers: Attacker[] = [];
    for (let index = 0; index < ATTACKERS; index++) attackers.push(await newAttacker(stack.url));
    const range = createRange({ gateway: stack.url, ...stack.serviceUrls }, canaries);
    let next = 0;
    const attacker = () => attackers[next++ % ATTACKERS] as Attacker;
    return { ...{ stack, secrets: keptSecrets(dir), canaries, range, victim, attacker }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** One call of a route; `changes` go over what its contract would accept. */
export function shotAt(
  { route }: NamedRoute,
  family: string,
  changes: Partial<Sample> & Partial<Omit<Shot, "body">> = {},
): Shot {
  const sample = { ...sampleOf(route, WORDS), ...changes };
  const sent = sample.body === undefined ? undefined : JSON.stringify(sample.body);
  return {
    ...{ family, method: route.method, path: changes.path ?? pathOf(route, sample) },
    body: route.method === "GET" ? undefined : sent,
    headers: {
      ...(sent === undefined || route.method === "GET" ? {} : { "content-type": "application/json" }),
      ...(route.idempotent ? { "idempotency-key": `attack-${Math.random()}` } : {}),
      ...changes.headers,
    },
    ...(changes.to ? { to: changes.to } : {}),
    ...(changes.allowed ? { allowed: changes.allowed } : {}),
  };
}

export function pathOf({ path }: RouteContract, { params, query }: Pick<Sample, "params" | "query">): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => toPathPart(params[name] ?? "none"));
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${toPathPart(key)}=${toPathPart(each)}`),
  );
  return pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
}
