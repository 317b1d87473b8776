import { checkHistory, settleHistory } from "./history/check-history.ts";
import type { Violation } from "./history/expected.ts";
import type { Places } from "./history/places.ts";
import { seededRandom } from "./random.ts";
import type { Rig } from "./rig/rig.ts";
import { endWaiting, settle, Unsettled } from "./rig/settle.ts";
import { broken, type Played, type Scenario, type Stage } from "./scenarios/scenario.ts";

/** How a scenario ended: a row of the table. */
export interface Result {
  name: string;
  seed: string;
  purchases: number;
  outcomes: Record<string, number>;
  refusals: Record<string, number>;
  injected: Played["injected"];
  violations: Violation[];
  /** From the end of all faults until the last order was terminal; null when that took too long. */
  ordersAfterMs: number | null;
  /** Until all else had come to rest too. */
  quietAfterMs: number | null;
  tookMs: number;
}

export interface RunOptions {
  seed: string;
  purchases?: number | undefined;
  shoppers: number;
  progress: Stage["progress"];
  /** What earlier scenarios on this rig have shown already, which is told once. */
  known: Set<string>;
}

const ORDERS_WITHIN_MS = 60_000;
const QUIET_WITHIN_MS = 180_000;
/** Webhooks and other late arrivals may still change what is read. */
const HISTORY_WITHIN_MS = 10_000;

/** Plays a scenario, mends everything, waits for the shop to come to rest, and reads what happened in all stores. */
export async function runScenario(rig: Rig, scenario: Scenario, options: RunOptions): Promise<Result> {
  const { seed, shoppers, progress } = options;
  const purchases = options.purchases ?? scenario.purchases;
  const startedAt = performance.now();
  const random = seededRandom(`${seed}/${scenario.name}`);
  const played = await scenario.play({ rig, random, purchases, shoppers, progress });
  await mend(rig);
  if (rig.payWithinSeconds > 60) await endWaiting(rig);
  const settled = await settle(rig, { ordersWithinMs: ORDERS_WITHIN_MS, quietWithinMs: QUIET_WITHIN_MS }).catch(
    (error: unknown) => {
      if (error instanceof Unsettled) return error;
      throw error;
    },
  );
  const found = [...played.broken, ...(settled instanceof Unsettled ? [broken("settled", settled.message)] : [])];
  found.push(...(await readHistory(rig, played, settled instanceof Unsettled)));
  const isSettled = !(settled instanceof Unsettled);
  return {
    ...{
      name: scenario.name,
      seed,
      purchases,
      outcomes: played.outcomes,
      refusals: played.refusals,
      injected: played.injected,
    },
    violations: found.filter((violation) => isNew(options.known, violation)),
    ordersAfterMs: isSettled ? settled.ordersAfterMs : null,
    quietAfterMs: isSettled ? settled.quietAfterMs : null,
    tookMs: performance.now() - startedAt,
  };
}

/** Everything works again, whatever was left broken. */
export async function mend(rig: Rig): Promise<void> {
  rig.links.heal();
  for (const name of ["postgres", "mongo", "redis", "rabbitmq"] as const) await rig.store(name).start();
  await fetch(`${rig.stack.sandboxUrl}/sandbox/faults`, { method: "DELETE" });
}

async function readHistory(rig: Rig, { checkouts }: Played, isUnsettled: boolean): Promise<Violation[]> {
  const expected = { initialStock: rig.stock.delivered(), checkouts };
  const places = placesOf(rig);
  const { violations } = isUnsettled
    ? await checkHistory(places, expected)
    : await settleHistory(places, expected, { withinMs: HISTORY_WITHIN_MS });
  return violations;
}

function placesOf({ stack }: Rig): Places {
  const { databaseUrls, mongoUrl, rabbitUrl, redisUrls } = stack.stores;
  return { databaseUrls, mongoUrl, rabbitUrl, cartRedisUrl: redisUrls.cart, sandboxUrl: stack.sandboxUrl };
}

function isNew(known: Set<string>, { rule, orderId, message }: Violation): boolean {
  const key = `${rule} ${orderId ?? ""} ${message}`;
  if (known.has(key)) return false;
  known.add(key);
  return true;
}
