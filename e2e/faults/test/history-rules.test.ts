import { consumersByService } from "@tradepost/contracts/consumers";
import { describe, expect, it } from "vitest";
import { checkFacts } from "../src/history/check-facts.ts";
import type { Facts } from "../src/history/facts.ts";
import { RULES, type RuleName } from "../src/history/rules/all-rules.ts";
import { PROOF } from "../src/history/rules/event-rules.ts";
import { type Breach, dead, must, outboxOf, paymentOf, reservationOf } from "./breach.ts";
import {
  at,
  cleanFacts,
  event,
  intent,
  mail,
  notification,
  order,
  path,
  RETURNED,
  UNKNOWN,
  WAITING,
} from "./forged-facts.ts";
import { materialBreaches } from "./material-breaches.ts";
import { toldBreaches } from "./told-breaches.ts";

const BREACHES: Record<RuleName, Breach[]> = { ...materialBreaches, ...toldBreaches };

it("a clean history breaks no rule, and is counted", () => {
  const { violations, counts } = checkFacts(cleanFacts());
  expect(violations).toEqual([]);
  expect(counts).toEqual({
    ...{ orders: 4, bought: 2, captures: 2, refunds: 1, mails: 4, events: 7, webhooks: 1 },
    byStatus: { confirmed: 1, cancelled: 1, rejected: 1, awaiting_payment: 1 },
  });
});

describe.each(Object.entries(BREACHES))("%s", (rule, breaches) => {
  it.each(breaches)("notices: %s", (_what, orderId, happen) => {
    const facts = cleanFacts();
    happen(facts);
    const found = checkFacts(facts).violations.filter((violation) => violation.rule === rule);
    expect(found.map((violation) => violation.orderId)).toContain(orderId);
  });
});

/** What may be gone without a promise broken: a webhook that was lost but made up for, a cart that ran out. */
const DISPENSABLE = new Set(["carts", "webhooks"]);
/** Whether a refund was asked for, or made in Stripe's dashboard, cannot be told from the refund. */
const isDispensable = (fact: object): boolean =>
  "routingKey" in fact && fact.routingKey === "order.refund_requested.v1";

it("misses each single fact that is gone: none of them is merely believed", () => {
  const unmissed: string[] = [];
  for (const [kind, all] of Object.entries(cleanFacts())) {
    if (!Array.isArray(all) || DISPENSABLE.has(kind)) continue;
    all.forEach((fact: object, index) => {
      const facts = { ...cleanFacts(), [kind]: all.toSpliced(index, 1) } as Facts;
      if (!isDispensable(fact) && checkFacts(facts).violations.length === 0) unmissed.push(`${kind} ${index}`);
    });
  }
  expect(unmissed).toEqual([]);
});

it("has a breach for every rule", () => {
  expect(Object.keys(BREACHES).sort()).toEqual(Object.keys(RULES).sort());
});

it("knows of every consumer how one can see that it applied an event", () => {
  const consumers = Object.entries(consumersByService).flatMap(([service, own]) =>
    Object.keys(own).map((name) => `${service}.${name}`),
  );
  expect(Object.keys(PROOF).sort()).toEqual(consumers.sort());
});

it("lets be what cannot hurt: intents nobody has the secret of, a letter that is allowed, a cart that began anew", () => {
  const facts = cleanFacts();
  facts.intents.push(intent("pi_8", WAITING, false));
  facts.orders.push(order(UNKNOWN, "cancelled"));
  facts.outbox.push(event("order", UNKNOWN, "order.cancelled.v1", UNKNOWN));
  facts.notifications.push(notification(UNKNOWN, "order-cancelled", UNKNOWN));
  facts.messages.push(mail(UNKNOWN, "order-cancelled", UNKNOWN));
  facts.moves.push(...path(UNKNOWN, ["placing", "cancelled"]));
  facts.keys.push({ ...must(facts.keys, () => true), key: "key-9", orderId: UNKNOWN });
  facts.reservations.push({ ...reservationOf(facts, WAITING), orderId: UNKNOWN, state: "released" });
  facts.intents.push(intent("pi_9", UNKNOWN, false));
  facts.payments.push({ ...paymentOf(facts, WAITING), orderId: UNKNOWN, intentId: null, status: "cancelled" });
  Object.assign(
    must(facts.carts, () => true),
    { bornAt: at(60), boughtBy: [] },
  );
  const [missed] = facts.inbox.splice(0, 1);
  dead(facts, "order.record-capture", missed?.eventId ?? "");
  facts.expected.deadLettersAllowedOf = ["order.record-capture"];
  expect(checkFacts(facts).violations).toEqual([]);
});

it("lets be a refund that is asked for again under its id", () => {
  const facts = cleanFacts();
  facts.outbox.push({ ...outboxOf(facts, "order.refund_requested.v1"), id: UNKNOWN });
  expect(checkFacts(facts).violations).toEqual([]);
});

it("lets be a refund that the bank sent back and the shop knows of: a person has to decide", () => {
  const facts = cleanFacts();
  Object.assign(
    must(facts.stripeRefunds, () => true),
    { status: "failed" },
  );
  Object.assign(paymentOf(facts, RETURNED), { refundedCents: 0 });
  Object.assign(
    must(facts.orderRefunds, () => true),
    { failedAt: at(40) },
  );
  expect(checkFacts(facts).violations).toEqual([]);
});

it("tells an order's story over all stores in order of time", () => {
  const facts = cleanFacts();
  expect(
    checkFacts(facts)
      .historyOf(RETURNED)
      .map((line) => line.replace(/ 0193\S+/g, " …")),
  ).toMatchInlineSnapshot(`
    [
      "12:00:00.000  order     placing (as it goes): NR-0002, 1 × MUG, 42.90, pay by 2026-11-24T12:15:00.000Z",
      "12:00:00.000  order     claimed key-2, answered 200",
      "12:00:01.000  payment   payment of 42.90 opened",
      "12:00:01.000  stripe    pi_2 over 42.90 made, by now succeeded",
      "12:00:04.000  stripe    ch_pi_2 captured 42.90",
      "12:00:05.000  order     awaiting_payment (as it goes)",
      "12:00:05.000  payment   payment captured, pi_2, 42.90 refunded (last change)",
      "12:00:05.000  payment   event payment.captured.v1 … written",
      "12:00:05.000  payment   event payment.captured.v1 … published",
      "12:00:05.000  order     event order.confirmed.v1 … written",
      "12:00:05.000  order     event order.confirmed.v1 … published",
      "12:00:05.000  order     event order.cancelled.v1 … written",
      "12:00:05.000  order     event order.cancelled.v1 … published",
      "12:00:05.000  order     event order.refund_requested.v1 … written",
      "12:00:05.000  order     event order.refund_requested.v1 … published",
      "12:00:05.000  payment   event payment.refunded.v1 … written",
      "12:00:05.000  payment   event payment.refunded.v1 … published",
      "12:00:06.000  order     order.record-capture applied …",
      "12:00:07.000  product   reservation of 1 × MUG returned (last change)",
      "12:00:07.000  product   1 × MUG sold",
      "12:00:07.000  order     order-confirmed to shopper-02@example.com begun",
      "12:00:07.000  order     order-cancelled to shopper-02@example.com begun",
      "12:00:07.000  order     order-refunded to shopper-02@example.com begun",
      "12:00:08.000  order     order-confirmed to shopper-02@example.com sent",
      "12:00:08.000  order     order-cancelled to shopper-02@example.com sent",
      "12:00:08.000  order     order-refunded to shopper-02@example.com sent",
      "12:00:08.000  sendgrid  “Your order: order-confirmed” to shopper-02@example.com accepted",
      "12:00:08.000  sendgrid  “Your order: order-cancelled” to shopper-02@example.com accepted",
      "12:00:08.000  sendgrid  “Your order: order-refunded” to shopper-02@example.com accepted",
      "12:00:10.000  order     confirmed (as it goes)",
      "12:00:15.000  order     cancelled (as it goes)",
      "12:00:20.000  order     refund of 42.90 asked for (shopper)",
      "12:00:21.000  stripe    re_2 over 42.90, succeeded",
      "12:00:21.000  product   1 × MUG put back",
      "12:00:22.000  order     refund of 42.90 done",
      "12:00:23.000  order     order.record-refund applied …",
      "12:02:00.000  shopper   bob (key-2): no answer, 409 idempotency.in_progress, 201, 201; saw confirmed, saw cancelled, paid, cancelled",
    ]
  `);
  expect(checkFacts(facts).historyOf(UNKNOWN)).toEqual([]);
});
