import { setTimeout as sleep } from "node:timers/promises";
import type { CheckoutRecord } from "../history/expected.ts";
import type { Ended, Injection, Planned } from "../injections/injection.ts";
import type { Random } from "../random.ts";
import { inParallel } from "../shoppers/crowd.ts";
import { planShopper } from "../shoppers/plan.ts";
import { goShopping, type Purchase } from "../shoppers/shopper.ts";
import { broken, type Played, type Stage } from "./scenario.ts";

const PLENTIFUL = 8;
const SCARCE = 2;
/** Units of a scarce article, for each shopper: about half of what they would buy. */
const SCARCE_SHARE = 0.2;

/**
 * Lets shoppers come while what is planned goes wrong, each with what `afterwards` does about the visit. Resolves once
 * they have left and all of it is over.
 */
export async function shopUnder(
  stage: Stage,
  planned: readonly Planned[],
  afterwards: (visit: Purchase) => Promise<void> = async () => {},
): Promise<Played> {
  const { rig, random, purchases, shoppers } = stage;
  const articles = await rig.stock.articles(PLENTIFUL + SCARCE);
  await Promise.all(
    articles.map((article, index) =>
      rig.stock.leave(article, Math.ceil(purchases * (index < PLENTIFUL ? 3 : SCARCE_SHARE))),
    ),
  );
  const audience = { articles, hasTime: rig.payWithinSeconds <= 60 };
  const run = random.fork("shoppers").int(0, 1_000_000_000).toString(36);
  const driver = driveInjections(stage, planned);
  const door = { shopUrl: rig.stack.url, sandboxUrl: rig.stack.sandboxUrl, patienceMs: stage.patienceMs };
  let steps = 0; // each shopper comes and goes
  const visits = await inParallel(purchases, shoppers, async (index) => {
    steps += 1;
    driver.reached(steps / (2 * purchases));
    const plan = planShopper(random.fork(index), audience, `shopper-${run}-${index}@example.com`);
    const visit = await goShopping(door, plan);
    await afterwards(visit);
    stage.progress({ purchases: 1 });
    steps += 1;
    driver.reached(steps / (2 * purchases));
    return visit;
  });
  const ended = await driver.allLeft();
  const mendedAt = ended
    .map((each) => each.mendedAt)
    .toSorted((a, b) => a.getTime() - b.getTime())
    .at(-1);
  return {
    checkouts: visits.flatMap(({ checkouts }) => checkouts),
    trails: new Map(visits.flatMap(({ checkouts, trail }) => orderIdsOf(checkouts).map((id) => [id, trail]))),
    outcomes: count(visits.map(({ outcome }) => outcome)),
    refusals: count(visits.flatMap(({ stoppedBy }) => stoppedBy ?? [])),
    injected: ended.map(({ name, hits }) => ({ name, hits })),
    ...(mendedAt ? { mendedAt } : {}),
    broken: ended.flatMap(({ broken = [] }) => broken),
  };
}

const orderIdsOf = (checkouts: readonly CheckoutRecord[]): string[] =>
  checkouts.flatMap(({ answers }) => answers.flatMap(({ orderId }) => orderId ?? []));

export const count = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));

/** Begins each injection when its share of shoppers has set out, and ends it after its time. */
function driveInjections({ rig, random, progress }: Stage, planned: readonly Planned[]) {
  const waiting = planned.map((each, index) => ({ ...each, random: random.fork(`injection ${index}`) }));
  const left = Promise.withResolvers<void>();
  const running: Promise<Ended & { name: string; mendedAt: Date }>[] = [];

  const inject = async ({ name, forMs, begin }: Injection, dice: Random) => {
    progress({ purchases: 0, fault: name });
    const work = async (): Promise<Ended> => {
      const end = await begin(rig, dice);
      await (Number.isFinite(forMs) ? sleep(forMs) : left.promise);
      return end();
    };
    const ended = await work().catch((error: Error) => ({
      hits: 0,
      broken: [broken("injected", `${name} could not be done or mended: ${error.message}`)],
    }));
    return { ...ended, name, mendedAt: new Date() };
  };
  const reached = (share: number): void => {
    for (const { injection, random: dice } of waiting.filter((each) => each.after <= share))
      running.push(inject(injection, dice));
    waiting.splice(0, waiting.length, ...waiting.filter((each) => each.after > share));
  };
  return {
    reached,
    /** Resolves once everything that was planned has come and gone. */
    allLeft: () => {
      reached(1);
      left.resolve();
      return Promise.all(running);
    },
  };
}
