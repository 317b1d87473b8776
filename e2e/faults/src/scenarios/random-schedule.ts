import { forgeWebhooks } from "../injections/forged-webhooks.ts";
import type { Injection, Planned } from "../injections/injection.ts";
import { disturb } from "../injections/network.ts";
import { kill, killAt, MOMENTS } from "../injections/processes.ts";
import { misbehave } from "../injections/providers.ts";
import { killStore, stopStore } from "../injections/stores.ts";
import type { Random } from "../random.ts";
import type { LinkName } from "../rig/links.ts";
import type { Scenario } from "./scenario.ts";
import { shopUnder } from "./shop-under.ts";

const PURCHASES = 100;
const SHOPPERS_PER_INJECTION = 12;
const LINKS: readonly LinkName[] = [
  ...(["gateway>order", "gateway>cart", "gateway>product", "gateway>user", "gateway>redis"] as const),
  ...(["order>cart", "order>product", "order>payment"] as const),
  ...(["order>user", "cart>product", "product>order", "payment>sandbox", "order>sandbox"] as const),
  ...(["sandbox>payment", "order>postgres", "payment>postgres", "product>mongo", "product>redis"] as const),
  ...(["cart>redis", "cart>rabbitmq", "order>rabbitmq", "payment>rabbitmq", "product>rabbitmq"] as const),
];
const SERVICES = ["user", "product", "cart", "payment", "order"] as const;
const STORES = ["postgres", "mongo", "redis", "rabbitmq"] as const;
const OUTAGE = / (stopped|killed) for /;

/** Whatever the dice of a seed decide, one injection for every dozen shoppers, several at a time. */
export const randomSchedule = (seed: string): Scenario => ({
  name: `random ${seed}`,
  summary: "faults by dice",
  seed,
  purchases: PURCHASES,
  play: (stage) => shopUnder(stage, scheduleOf(stage.random.fork("schedule"), stage.purchases)),
});

export function scheduleOf(random: Random, purchases: number): Planned[] {
  const count = Math.max(1, Math.round(purchases / SHOPPERS_PER_INJECTION));
  let storeIsFreeAfter = 0;
  return Array.from({ length: count }, (_, index): Planned => {
    const after = (0.95 * (index + random.next())) / count;
    // One store at a time: two outages of the same one at once are one outage.
    const mayStopStore = after >= storeIsFreeAfter;
    const injection = pickInjection(random, mayStopStore);
    if (OUTAGE.test(injection.name)) storeIsFreeAfter = after + 0.15;
    return { injection, after };
  });
}

function pickInjection(random: Random, mayStopStore: boolean): Injection {
  const forMs = random.int(2, 8) * 1_000;
  switch (random.int(mayStopStore ? 0 : 2, 10)) {
    case 0:
      return stopStore(random.pick(STORES), forMs);
    case 1:
      return killStore(random.pick(STORES), forMs);
    case 2:
    case 3:
      return killAt(random.pick(MOMENTS), random.int(1, 2), forMs);
    case 4:
      return kill(random.pick(SERVICES), "one");
    case 5:
      return kill(random.pick([...SERVICES, "gateway"] as const), "all");
    case 6:
      return disturb(random.pick(LINKS), { kind: "refuse" }, forMs);
    case 7:
      return disturb(random.pick(LINKS), { kind: "cut", afterBytes: random.int(1, 400) }, forMs);
    case 8:
      return disturb(random.pick(LINKS), { kind: "delay", delayMs: random.int(500, 5_000) }, forMs);
    case 9:
      return pickWebhookFault(random, forMs);
    default:
      return pickProviderFault(random, forMs);
  }
}

function pickWebhookFault(random: Random, forMs: number): Injection {
  const probability = random.int(3, 10) / 10;
  const kind = random.pick(["lose", "duplicate", "reorder", "late", "forge", "overheard"] as const);
  if (kind === "overheard") return forgeWebhooks(forMs);
  const ms = random.int(1, 25) * 1_000;
  return misbehave(`webhooks: ${kind}`, forMs, { target: "webhooks", kind, ms, n: random.int(1, 4), probability });
}

function pickProviderFault(random: Random, forMs: number): Injection {
  const target = random.pick(["stripe", "sendgrid", "twilio"] as const);
  const kinds = ["status", "timeoutAfterEffect", "reset", "garbage", "cut", "delay"] as const;
  const kind = random.pick(target === "stripe" ? [...kinds, "storedStatus" as const] : kinds);
  const when = random.pick(["before", "after"] as const);
  const status = random.pick([500, 503, 429]);
  const probability = random.int(3, 8) / 10;
  return misbehave(`${target}: ${kind} ${when}`, forMs, { target, kind, when, status, ms: 5_000, probability });
}
