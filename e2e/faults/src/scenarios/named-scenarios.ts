import { forgeWebhooks } from "../injections/forged-webhooks.ts";
import type { Injection, Planned } from "../injections/injection.ts";
import { disturb } from "../injections/network.ts";
import { kill, killAt, MOMENTS } from "../injections/processes.ts";
import { misbehave } from "../injections/providers.ts";
import { killStore, stopStore } from "../injections/stores.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "./scenario.ts";
import { shopUnder } from "./shop-under.ts";

const SLOW = { kind: "delay", delayMs: 5_000 } as const;

const under = (
  name: string,
  summary: string,
  injections: readonly Injection[] | ((random: Random) => Injection[]),
  purchases = 30,
): Scenario => ({
  ...{ name, summary, purchases },
  play: (stage) => {
    const chosen = typeof injections === "function" ? injections(stage.random.fork("injections")) : injections;
    return shopUnder(stage, spread(chosen));
  },
});

/** The first comes soon, the last well before the end. */
const spread = (injections: readonly Injection[]): Planned[] =>
  injections.map((injection, index) => ({ injection, after: 0.05 + (0.7 * index) / Math.max(1, injections.length) }));

const kills: Scenario[] = MOMENTS.map((moment) =>
  under(
    `kill-${moment.victim}-${moment.name.replace(" ", "-")}`,
    `kill -9 of ${moment.victim === "gateway" ? "the gateway" : `both ${moment.victim} replicas`} ${moment.name} (${moment.link})`,
    [killAt(moment)],
    20,
  ),
);

const SERVICES = ["user", "product", "cart", "payment", "order"] as const;

const STORES = ["postgres", "mongo", "redis", "rabbitmq"] as const;

const outages: Scenario[] = [
  ...STORES.map((store) =>
    under(`${store}-restart`, `${store} is stopped for 8 s and started again`, [stopStore(store, 8_000)]),
  ),
  ...STORES.map((store) =>
    under(`${store}-killed`, `kill -9 of ${store} in the midst of it, twice`, [
      killStore(store, 3_000),
      killStore(store, 3_000),
    ]),
  ),
  under("rabbitmq-twice", "RabbitMQ is stopped twice, while messages wait", [
    stopStore("rabbitmq", 5_000),
    stopStore("rabbitmq", 5_000),
  ]),
  ...SERVICES.map((service) =>
    under(`kill-both-${service}`, `kill -9 of both ${service} replicas at any moment, three times`, [
      kill(service, "all"),
      kill(service, "all"),
      kill(service, "all"),
    ]),
  ),
  under("kill-gateway", "kill -9 of the gateway at any moment, three times", [
    kill("gateway", "all"),
    kill("gateway", "all"),
    kill("gateway", "all"),
  ]),
  under("kill-one-of-each", "kill -9 of one replica of each service, twice round", (random) =>
    [...SERVICES, ...SERVICES]
      .map((service) => ({ service, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ service }) => kill(service, "one")),
  ),
];

const NEIGHBOURS = [
  "gateway>user",
  "gateway>product",
  "gateway>cart",
  "gateway>order",
  "order>user",
  "order>cart",
  "order>product",
  "order>payment",
  "cart>user",
  "cart>product",
  "product>order",
  "payment>sandbox",
  "order>sandbox",
  "sandbox>payment",
] as const;
const STORES_ON_THE_WAY = [
  "user>postgres",
  "order>postgres",
  "payment>postgres",
  "product>mongo",
  "gateway>redis",
  "user>redis",
  "product>redis",
  "cart>redis",
  "order>rabbitmq",
  "payment>rabbitmq",
  "product>rabbitmq",
  "cart>rabbitmq",
] as const;

const nameOf = (link: string) => link.replace(">", "-to-");
const network: Scenario[] = [
  ...NEIGHBOURS.map((link) => under(`slow-${nameOf(link)}`, `${link} answers 5 s late`, [disturb(link, SLOW, 12_000)])),
  ...[...NEIGHBOURS, ...STORES_ON_THE_WAY].map((link) =>
    under(`refused-${nameOf(link)}`, `${link} is refused`, [disturb(link, { kind: "refuse" }, 8_000)]),
  ),
  ...[...NEIGHBOURS, ...STORES_ON_THE_WAY].map((link) =>
    under(`cut-${nameOf(link)}`, `${link} is cut in the middle of answers`, [
      disturb(link, { kind: "cut", afterBytes: 60 }, 8_000),
    ]),
  ),
  ...(["order>product", "order>payment", "payment>sandbox", "order>postgres", "product>mongo"] as const).map((link) =>
    under(`silent-${nameOf(link)}`, `${link} says nothing, and nobody is told`, [
      disturb(link, { kind: "blackhole" }, 10_000),
    ]),
  ),
];

const FOR_MS = 15_000;
const api = { method: "POST", path: "^/v1/(payment_intents|refunds)(/[^/]+/cancel)?$" };
const everyOther = { probability: 0.5 };

const providers: Scenario[] = [
  under("stripe-timeout-after-charging", "Stripe charges and does not answer, browser and server alike", [
    misbehave("Stripe is silent after the effect", FOR_MS, {
      ...{ target: "stripe", kind: "timeoutAfterEffect", probability: 0.3 },
    }),
  ]),
  under("stripe-500", "Stripe answers 500, before and after the effect", [
    misbehave(
      "Stripe answers 500",
      FOR_MS,
      { target: "stripe", kind: "status", status: 500, when: "after", probability: 0.3 },
      { target: "stripe", kind: "status", status: 500, when: "before", probability: 0.3 },
    ),
  ]),
  under("stripe-500-stored", "Stripe answers 500, and says the same again under the same idempotency key", [
    misbehave(
      "Stripe keeps its failures",
      FOR_MS,
      { target: "stripe", kind: "storedStatus", when: "after", match: api, probability: 0.25 },
      { target: "stripe", kind: "storedStatus", when: "before", match: api, probability: 0.25 },
    ),
  ]),
  under("stripe-429", "Stripe wants fewer calls", [
    misbehave("Stripe answers 429", FOR_MS, {
      target: "stripe",
      kind: "status",
      status: 429,
      match: api,
      ...everyOther,
    }),
  ]),
  under("stripe-cut", "Stripe's answers are cut in the middle, garbled or lost", [
    misbehave(
      "Stripe's answers are unusable",
      FOR_MS,
      { target: "stripe", kind: "cut", probability: 0.25 },
      { target: "stripe", kind: "garbage", match: api, probability: 0.25 },
      { target: "stripe", kind: "reset", when: "after", match: api, probability: 0.25 },
    ),
  ]),
  under("webhooks-lost", "half of Stripe's webhooks never come", [
    misbehave("webhooks are lost", FOR_MS, { target: "webhooks", kind: "lose", ...everyOther }),
  ]),
  under("webhooks-duplicated", "every webhook comes four times", [
    misbehave("webhooks come four times", FOR_MS, { target: "webhooks", kind: "duplicate", n: 3 }),
  ]),
  under("webhooks-reordered", "webhooks wait for a later one", [
    misbehave("webhooks are reordered", FOR_MS, { target: "webhooks", kind: "reorder", ms: 8_000, ...everyOther }),
  ]),
  under("webhooks-late", "webhooks come after the order's deadline", [
    misbehave("webhooks are late", FOR_MS, { target: "webhooks", kind: "late", ms: 25_000, ...everyOther }),
  ]),
  under("webhooks-forged", "webhooks are forged, altered, old and sent again, by who has overheard the true ones", [
    misbehave("each webhook comes with two forged ones", FOR_MS, { target: "webhooks", kind: "forge", n: 2 }),
    forgeWebhooks(FOR_MS),
  ]),
  under("webhooks-lost-and-forged", "webhooks are forged while the true ones are lost", [
    misbehave("webhooks are lost", FOR_MS, { target: "webhooks", kind: "lose", ...everyOther }),
    forgeWebhooks(FOR_MS),
  ]),
  under("sendgrid-500", "SendGrid answers 500, before and after it took the mail", [
    misbehave(
      "SendGrid answers 500",
      FOR_MS,
      { target: "sendgrid", kind: "status", status: 500, when: "after", probability: 0.3 },
      { target: "sendgrid", kind: "status", status: 500, when: "before", probability: 0.3 },
    ),
  ]),
  under("sendgrid-cut", "SendGrid takes the mail, and its answer breaks off", [
    misbehave(
      "SendGrid's answers are unusable",
      FOR_MS,
      { target: "sendgrid", kind: "cut", probability: 0.3 },
      { target: "sendgrid", kind: "reset", when: "after", probability: 0.3 },
    ),
  ]),
  under("twilio-unsure", "Twilio takes text messages and answers 500, or not at all", [
    misbehave(
      "Twilio is unsure",
      FOR_MS,
      { target: "twilio", kind: "status", status: 500, when: "after", probability: 0.4 },
      { target: "twilio", kind: "timeoutAfterEffect", probability: 0.3 },
    ),
  ]),
  under("sendgrid-timeout-after-accept", "SendGrid takes the mail and does not answer", [
    misbehave("SendGrid is silent after the effect", FOR_MS, {
      ...{ target: "sendgrid", kind: "timeoutAfterEffect", probability: 0.5 },
    }),
  ]),
];

/** Without any fault: what the others are measured against. */
const calm = under("calm", "nothing goes wrong", [], 40);

export const namedScenarios: readonly Scenario[] = [calm, ...kills, ...outages, ...network, ...providers];
