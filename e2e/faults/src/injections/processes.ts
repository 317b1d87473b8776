import { waitFor } from "@tradepost/testing/wait-for";
import type { LinkName } from "../rig/links.ts";
import type { Rig, Victim } from "../rig/rig.ts";
import type { Injection } from "./injection.ts";

/** A moment of the story, as it can be seen on the wire. */
export interface Moment {
  name: string;
  link: LinkName;
  direction: "request" | "answer";
  /** What is said then. Bytes are read as Latin-1. */
  says: RegExp;
  victim: Victim;
}

/** Each step of docs/purchase-flow.md, with the process that is in the middle of it. */
export const MOMENTS: readonly Moment[] = [
  { name: "after claim", link: "order>cart", direction: "request", says: /resolution/, victim: "order" },
  { name: "after insert", link: "order>product", direction: "request", says: /^PUT .*hold/, victim: "order" },
  { name: "in hold", link: "order>product", direction: "request", says: /^PUT .*hold/, victim: "product" },
  {
    name: "after hold",
    link: "order>payment",
    direction: "request",
    says: /^PUT \/internal\/payments/,
    victim: "order",
  },
  { name: "before intent", link: "payment>sandbox", direction: "request", says: /payment_intents/, victim: "payment" },
  { name: "after intent", link: "payment>sandbox", direction: "answer", says: /client_secret/, victim: "payment" },
  { name: "before answer", link: "order>payment", direction: "answer", says: /clientSecret/, victim: "order" },
  { name: "in webhook", link: "sandbox>payment", direction: "request", says: /stripe-signature/, victim: "payment" },
  { name: "after webhook", link: "sandbox>payment", direction: "answer", says: /200 OK/, victim: "payment" },
  {
    name: "in publishing",
    link: "payment>rabbitmq",
    direction: "request",
    says: /payment\.captured/,
    victim: "payment",
  },
  { name: "in confirming", link: "order>rabbitmq", direction: "answer", says: /payment\.captured/, victim: "order" },
  { name: "in telling", link: "order>rabbitmq", direction: "request", says: /order\.confirmed/, victim: "order" },
  { name: "in selling", link: "product>rabbitmq", direction: "answer", says: /order\.confirmed/, victim: "product" },
  { name: "in releasing", link: "product>rabbitmq", direction: "answer", says: /order\.cancelled/, victim: "product" },
  { name: "in emptying", link: "cart>rabbitmq", direction: "answer", says: /order\.confirmed/, victim: "cart" },
  { name: "in refunding", link: "payment>sandbox", direction: "request", says: /\/v1\/refunds/, victim: "payment" },
  { name: "after refund", link: "payment>sandbox", direction: "answer", says: /"re_/, victim: "payment" },
  { name: "in mail", link: "order>sandbox", direction: "request", says: /mail\/send/, victim: "order" },
  { name: "after mail", link: "order>sandbox", direction: "answer", says: /202 Accepted/, victim: "order" },
  { name: "in sign-in", link: "gateway>user", direction: "request", says: /^POST \/v1\/users/, victim: "user" },
  { name: "in placing", link: "gateway>order", direction: "request", says: /^POST \/v1\/orders /, victim: "gateway" },
  { name: "after placing", link: "gateway>order", direction: "answer", says: /clientSecret/, victim: "gateway" },
];

const PAUSE_MS = 1_500;

/** SIGKILL for every process of the service at that moment, at most `times`, with time to come up in between. */
export const killAt = (moment: Moment, times = 3, forMs = Number.POSITIVE_INFINITY): Injection => ({
  name: `kill ${moment.victim} ${moment.name}`,
  forMs,
  begin: async (rig) => {
    let kills = 0;
    let armedAt = 0;
    const stop = rig.links.get(moment.link).tap((direction, chunk) => {
      if (kills >= times || Date.now() < armedAt || direction !== moment.direction) return;
      if (!moment.says.test(chunk.toString("latin1"))) return;
      if (rig.kill(moment.victim) === 0) return;
      kills += 1;
      armedAt = Date.now() + PAUSE_MS;
    });
    return async () => {
      stop();
      return { hits: kills };
    };
  },
});

/** SIGKILL for one process, or for all of them, at whatever moment it is; once those killed before are up again. */
export const kill = (victim: Victim, which: "one" | "all"): Injection => ({
  name: `kill ${which} of ${victim}`,
  forMs: 0,
  begin: async (rig, random) => {
    await untilUp(rig, victim).catch(() => {}); // then it hits those that are
    const hits = rig.kill(victim, which === "one" ? random.int(0, 1) : undefined);
    return async () => ({ hits });
  },
});

/** A supervisor waits longer and longer before it starts again what ended soon. */
const UP_WITHIN_MS = 60_000;

const untilUp = (rig: Rig, victim: Victim) =>
  waitFor(() => rig.isUp(victim), { timeoutMs: UP_WITHIN_MS, what: `${victim} to be up, to be killed` });
