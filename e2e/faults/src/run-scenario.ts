import { checkHistory, settleHistory } from "./history/check-history.ts";
import type { Violation } from "./history/expected.ts";
import type { Places } from "./history/places.ts";
import { seededRandom } from "./random.ts";
import type { Rig } from "./rig/rig.ts";
import { endWaiting, longestRecoveryMs, type Settled, settle, Unsettled } from "./rig/settle.ts";
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
  /**
   * From the end of the last fault until the last of the orders that had seen it was terminal, times to pay included;
   * null when the shop did not come to rest.
   */
  recoveryMs: number | null;
  /** From the last shopper's leaving until every event, mail and refund was through; null when that took too long. */
  quietAfterMs: number | null;
  tookMs: number;
}

export interface RunOptions {
  seed: string;
  purchases?: number | undefined;
  shoppers: number;
  patienceMs?: number;
  progress: Stage["progress"];
  /** What earlier scenarios on this rig have shown already, which is told once. */
  known: Set<string>;
}

const ORDERS_WITHIN_MS = 60_000;
const QUIET_WITHIN_MS = 180_000;
/** Webhooks and other late arrivals may still change what is read. */
const HISTORY_WITHIN_MS = 10_000;
const PATIENCE_MS = 20_000;

/** Plays a scenario, mends everything, waits for the shop to come to rest, and reads what happened in all stores. */
export async function runScenario(rig: Rig, scenario: Scenario, options: RunOptions): Promise<Result> {
  const { seed, shoppers, progress, patienceMs = PATIENCE_MS } = options;
  const purchases = options.purchases ?? scenario.purchases;
  const startedAt = new Date();
  const random = seededRandom(scenario.seed ?? `${seed}/${scenario.name}`);
  const played = await scenario
    .play({ rig, random, purchases, shoppers, patienceMs, progress })
    .catch((error: unknown) => cutShort(error));
  await mend(rig);
  if (isFarOff(rig)) await endWaiting(rig);
  const settled = await settleOrSay(rig);
  const isSettled = !(settled instanceof Unsettled);
  const recoveryMs = isSettled ? await longestRecoveryMs(rig, startedAt, played.mendedAt ?? new Date()) : null;
  const isSlow = recoveryMs !== null && recoveryMs > ORDERS_WITHIN_MS;
  const found = [
    ...played.broken,
    ...(isSettled ? [] : [broken("settled", settled.message)]),
    ...(isSlow ? [broken("recovery", `an order was not terminal until ${recoveryMs} ms after the last fault`)] : []),
    ...(await readHistory(rig, played, isSettled)),
  ];
  return {
    ...{ name: scenario.name, seed: scenario.seed ?? seed, purchases, recoveryMs },
    ...{ outcomes: played.outcomes, refusals: played.refusals, injected: played.injected },
    violations: found.filter((violation) => isNew(options.known, violation)),
    quietAfterMs: isSettled ? settled.quietAfterMs : null,
    tookMs: Date.now() - startedAt.getTime(),
  };
}

/** Of a scenario that could not be played, the shop is looked at all the same, and others follow. */
const cutShort = (error: unknown): Played => ({
  ...{ checkouts: [], outcomes: {}, refusals: {}, injected: [] },
  broken: [broken("played", error instanceof Error ? error.message : String(error))],
});

/** What each scenario shows by itself, although an earlier one may have said the same. */
const OF_ITS_OWN = new Set(["played", "settled", "recovery"]);

/** Orders that nobody pays would be waited for too long. */
const isFarOff = ({ payWithinSeconds }: Rig) => payWithinSeconds > 60;

const settleOrSay = (rig: Rig): Promise<Settled | Unsettled> =>
  settle(rig, { ordersWithinMs: ORDERS_WITHIN_MS, quietWithinMs: QUIET_WITHIN_MS }).catch((error: unknown) => {
    if (error instanceof Unsettled) return error;
    throw error;
  });

/** The network and the providers work again, whatever was left broken; stores are up when their outage is over. */
async function mend(rig: Rig): Promise<void> {
  rig.links.heal();
  await fetch(`${rig.stack.sandboxUrl}/sandbox/faults`, { method: "DELETE" });
}

async function readHistory(rig: Rig, { checkouts, trails }: Played, isSettled: boolean): Promise<Violation[]> {
  const expected = { initialStock: rig.stock.delivered(), checkouts };
  const places = placesOf(rig);
  const { violations } = isSettled
    ? await settleHistory(places, expected, { withinMs: HISTORY_WITHIN_MS })
    : await checkHistory(places, expected);
  return violations.map((violation) => {
    const trail = trails?.get(violation.orderId ?? "") ?? [];
    return { ...violation, history: [...violation.history, ...trail.map((line) => `shopper: ${line}`)] };
  });
}

function placesOf({ stack }: Rig): Places {
  const { databaseUrls, mongoUrl, rabbitUrl, redisUrls } = stack.stores;
  return { databaseUrls, mongoUrl, rabbitUrl, cartRedisUrl: redisUrls.cart, sandboxUrl: stack.sandboxUrl };
}

function isNew(known: Set<string>, { rule, orderId, message }: Violation): boolean {
  if (OF_ITS_OWN.has(rule)) return true;
  const key = `${rule} ${orderId ?? ""} ${message}`;
  if (known.has(key)) return false;
  known.add(key);
  return true;
}
