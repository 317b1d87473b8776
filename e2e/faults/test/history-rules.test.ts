import { consumersByService } from "@tradepost/contracts/consumers";
import { describe, expect, it } from "vitest";
import { checkFacts } from "../src/history/check-facts.ts";
import type { Facts } from "../src/history/facts.ts";
import { RULES, type RuleName } from "../src/history/rules/all-rules.ts";
import { PROOF } from "../src/history/rules/event-rules.ts";
import {
  at,
  BOUGHT,
  cleanFacts,
  event,
  intent,
  mail,
  order,
  path,
  RETURNED,
  SOLD_OUT,
  text,
  UNKNOWN,
  WAITING,
} from "./forged-facts.ts";

/** What breaks each rule: what happened, and the order that the violation must name (none where it names none). */
type Breach = [what: string, orderId: string | undefined, happen: (facts: Facts) => void];

const must = <T>(items: readonly T[], fits: (item: T) => boolean): T => {
  const found = items.find(fits);
  if (found === undefined) throw new Error("the clean history does not have it");
  return found;
};
const orderOf = (facts: Facts, id: string) => must(facts.orders, (each) => each.id === id);
const intentOf = (facts: Facts, orderId: string) => must(facts.intents, (each) => each.orderId === orderId);
const paymentOf = (facts: Facts, orderId: string) => must(facts.payments, (each) => each.orderId === orderId);
const reservationOf = (facts: Facts, orderId: string) => must(facts.reservations, (each) => each.orderId === orderId);
const checkoutOf = (facts: Facts, shopper: string) =>
  must(facts.expected.checkouts, (each) => each.shopper === shopper);
const mug = (facts: Facts) => must(facts.stock, ({ sku }) => sku === "MUG");
const dead = (facts: Facts, consumer: string, eventId: string) =>
  facts.queues.push({
    ...{ consumer, queue: `${consumer}.dead`, kind: "dead", messages: 1 },
    deadLetters: [{ eventId, orderId: BOUGHT, error: "it would not work" }],
  });
const outboxOf = (facts: Facts, routingKey: string) => must(facts.outbox, (each) => each.routingKey === routingKey);

const BREACHES: Record<RuleName, Breach[]> = {
  "stock-sums": [
    ["a hold was lost", undefined, (facts) => mug(facts).holds.pop()],
    ["stock went below zero", undefined, (facts) => Object.assign(mug(facts), { onHand: -1, available: -2 })],
  ],
  "stock-sold": [["a sale took nothing", undefined, (facts) => Object.assign(mug(facts), { onHand: 2, available: 1 })]],
  "not-oversold": [
    ["the stock was never there", BOUGHT, (facts) => Object.assign(facts.expected.initialStock, { MUG: 0 })],
  ],
  "holds-of-open-orders": [
    [
      "an order ended and kept its hold",
      RETURNED,
      (facts) => mug(facts).holds.push({ orderId: RETURNED, quantity: 1 }),
    ],
    ["a hold of no order", UNKNOWN, (facts) => mug(facts).holds.push({ orderId: UNKNOWN, quantity: 1 })],
  ],
  "reservation-settled": [
    [
      "a paid order's hold was not sold",
      BOUGHT,
      (facts) => Object.assign(reservationOf(facts, BOUGHT), { state: "held" }),
    ],
    [
      "a paid order got nothing",
      BOUGHT,
      (facts) => Object.assign(reservationOf(facts, BOUGHT), { shortages: [{ sku: "MUG" }] }),
    ],
    [
      "a cancelled order kept its units",
      RETURNED,
      (facts) => Object.assign(reservationOf(facts, RETURNED), { state: "sold" }),
    ],
    [
      "a reservation of no order",
      UNKNOWN,
      (facts) => Object.assign(reservationOf(facts, WAITING), { orderId: UNKNOWN }),
    ],
  ],
  "one-capture": [
    [
      "charged twice on one intent",
      BOUGHT,
      (facts) => intentOf(facts, BOUGHT).captures.push({ chargeId: "ch_2", amountCents: 4_290, at: at(9) }),
    ],
  ],
  "capture-wanted": [
    ["paid and forgotten", WAITING, (facts) => Object.assign(intentOf(facts, WAITING), intent("pi_4", WAITING, true))],
    ["paid for an order that is over, and kept", RETURNED, (facts) => facts.stripeRefunds.pop()],
    [
      "the refund came back from the bank",
      RETURNED,
      (facts) =>
        Object.assign(
          must(facts.stripeRefunds, () => true),
          { status: "failed" },
        ),
    ],
    ["paid for no order", UNKNOWN, (facts) => facts.intents.push(intent("pi_9", UNKNOWN, true))],
  ],
  "captures-minus-refunds": [
    [
      "charged another sum",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(intentOf(facts, BOUGHT).captures, () => true),
          { amountCents: 4_289 },
        ),
    ],
    ["confirmed without money", WAITING, (facts) => Object.assign(orderOf(facts, WAITING), { status: "confirmed" })],
    [
      "money of nobody's order",
      undefined,
      (facts) => facts.intents.push({ ...intent("pi_9", UNKNOWN, true), orderId: null }),
    ],
  ],
  "payment-row": [
    [
      "a capture that the payment service missed",
      BOUGHT,
      (facts) => Object.assign(paymentOf(facts, BOUGHT), { status: "awaiting" }),
    ],
    [
      "a refund counted twice",
      RETURNED,
      (facts) => Object.assign(paymentOf(facts, RETURNED), { refundedCents: 8_580 }),
    ],
    [
      "an intent that it does not know",
      WAITING,
      (facts) => Object.assign(intentOf(facts, WAITING), { id: "pi_other" }),
    ],
  ],
  "refund-settled": [
    [
      "a refund never went back",
      RETURNED,
      (facts) =>
        Object.assign(
          must(facts.orderRefunds, () => true),
          { refundedAt: null },
        ),
    ],
    [
      "a refund that the order does not know",
      BOUGHT,
      (facts) =>
        facts.stripeRefunds.push({ id: "re_1", intentId: "pi_1", amountCents: 100, status: "succeeded", at: at(30) }),
    ],
  ],
  "refund-once": [
    [
      "asked back again after the bank refused",
      RETURNED,
      (facts) => {
        const payload = { refundId: UNKNOWN, amount: { amount: 4_290, currency: "EUR" } };
        facts.outbox.push(event("order", UNKNOWN, "order.refund_requested.v1", RETURNED, payload));
      },
    ],
  ],
  "over-unpayable": [
    [
      "an order ended and can still be paid",
      WAITING,
      (facts) => Object.assign(orderOf(facts, WAITING), { status: "cancelled" }),
    ],
  ],
  "event-published": [
    [
      "an event stayed in the outbox",
      BOUGHT,
      (facts) => Object.assign(outboxOf(facts, "order.confirmed.v1"), { publishedAt: null }),
    ],
    [
      "an event stayed in a reservation",
      SOLD_OUT,
      (facts) => reservationOf(facts, SOLD_OUT).pendingEventIds.push(UNKNOWN),
    ],
  ],
  "event-once": [
    ["confirmed twice", BOUGHT, (facts) => facts.outbox.push(event("order", UNKNOWN, "order.confirmed.v1", BOUGHT))],
    [
      "one refund told twice",
      RETURNED,
      (facts) => facts.outbox.push({ ...outboxOf(facts, "payment.refunded.v1"), id: UNKNOWN }),
    ],
  ],
  "event-applied-once": [
    ["a consumer missed an event", BOUGHT, (facts) => facts.inbox.shift()],
    [
      "a consumer applied what nobody published",
      undefined,
      (facts) =>
        Object.assign(
          must(facts.inbox, () => true),
          { eventId: UNKNOWN },
        ),
    ],
  ],
  "queues-empty": [
    [
      "an event is being tried again",
      undefined,
      (facts) =>
        facts.queues.push({
          consumer: "cart.empty-bought-cart",
          queue: "cart.empty-bought-cart.retry.1000",
          kind: "retry",
          messages: 1,
          deadLetters: [],
        }),
    ],
    ["an event was given up", BOUGHT, (facts) => dead(facts, "product.sell-hold", UNKNOWN)],
  ],
  "webhook-genuine": [
    [
      "a forged webhook was believed",
      undefined,
      (facts) => facts.webhooks.push({ id: "evt_forged", type: "payment_intent.succeeded", receivedAt: at(5) }),
    ],
  ],
  "message-once": [
    [
      "a text message came twice",
      undefined,
      (facts) => facts.messages.push(text(BOUGHT, "Confirmed. 7K2MX9QD"), text(BOUGHT, "Confirmed. 7K2MX9QD")),
    ],
    ["a mail came twice", BOUGHT, (facts) => facts.messages.push(must(facts.messages, () => true))],
  ],
  "message-sent": [
    ["a text message was wanted", BOUGHT, (facts) => Object.assign(orderOf(facts, BOUGHT), { phone: "+4930123" })],
    [
      "the provider never had the text message",
      BOUGHT,
      (facts) => facts.notifications.push({ ...must(facts.notifications, () => true), recipient: "+4930123" }),
    ],
    [
      "nobody told of the parcel",
      BOUGHT,
      (facts) => facts.outbox.push(event("order", UNKNOWN, "order.shipped.v1", BOUGHT)),
    ],
    ["nobody began the mail", BOUGHT, (facts) => facts.notifications.shift()],
    [
      "the mail was begun only",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(facts.notifications, () => true),
          { sentAt: null },
        ),
    ],
    ["the provider never had it", BOUGHT, (facts) => facts.messages.shift()],
    [
      "it went to somebody else",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(facts.messages, () => true),
          { to: "eve@example.com" },
        ),
    ],
  ],
  "message-known": [
    [
      "a mail without a line in the ledger",
      undefined,
      (facts) => facts.messages.push(mail(UNKNOWN, "order-confirmed", BOUGHT)),
    ],
  ],
  "one-confirmation": [
    [
      "a confirmation for an order that is not",
      WAITING,
      (facts) =>
        facts.notifications.push({ ...must(facts.notifications, () => true), eventId: UNKNOWN, orderId: WAITING }),
    ],
    ["no confirmation", BOUGHT, (facts) => facts.notifications.shift()],
  ],
  "within-deadline": [
    ["nobody ended the waiting", WAITING, (facts) => Object.assign(orderOf(facts, WAITING), { payBy: at(60) })],
    ["nobody went on placing it", WAITING, (facts) => Object.assign(orderOf(facts, WAITING), { status: "placing" })],
  ],
  "legal-path": [
    ["confirmed twice", BOUGHT, (facts) => facts.moves.push(...path(BOUGHT, ["confirmed"]))],
    ["confirmed after its end", SOLD_OUT, (facts) => facts.moves.push(...path(SOLD_OUT, ["confirmed"]))],
    [
      "moved without a line of history",
      WAITING,
      (facts) => Object.assign(orderOf(facts, WAITING), { status: "confirmed" }),
    ],
    ["an order without any history", UNKNOWN, (facts) => facts.orders.push(order(UNKNOWN, "placing"))],
  ],
  "one-order-per-key": [
    ["a second order under one key", UNKNOWN, (facts) => facts.orders.push(order(UNKNOWN, "awaiting_payment"))],
    ["two keys for one order", BOUGHT, (facts) => facts.keys.push({ ...must(facts.keys, () => true), key: "key-9" })],
  ],
  "key-finished": [
    [
      "the answer was not kept",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(facts.keys, () => true),
          { status: null },
        ),
    ],
    [
      "the key leads elsewhere",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(facts.keys, () => true),
          { orderId: UNKNOWN },
        ),
    ],
  ],
  "equal-answers": [
    [
      "two orders under one key",
      BOUGHT,
      (facts) => checkoutOf(facts, "ada").answers.push({ status: 201, orderId: UNKNOWN, totalCents: 4_290 }),
    ],
    [
      "two totals under one key",
      BOUGHT,
      (facts) => checkoutOf(facts, "ada").answers.push({ status: 201, orderId: BOUGHT, totalCents: 1 }),
    ],
    [
      "placed and sold out",
      BOUGHT,
      (facts) => checkoutOf(facts, "ada").answers.push({ status: 409, code: "stock.insufficient" }),
    ],
  ],
  "answer-true": [
    [
      "told of an order that is not there",
      UNKNOWN,
      (facts) => checkoutOf(facts, "cyd").answers.push({ status: 201, orderId: UNKNOWN, totalCents: 4_290 }),
    ],
    ["told another total", BOUGHT, (facts) => Object.assign(orderOf(facts, BOUGHT), { totalCents: 9_990 })],
    [
      "told “sold out”, and charged all the same",
      SOLD_OUT,
      (facts) => Object.assign(orderOf(facts, SOLD_OUT), { status: "confirmed" }),
    ],
  ],
  "told-true": [
    ["shown as confirmed", WAITING, (facts) => Object.assign(checkoutOf(facts, "dan"), { seen: ["confirmed"] })],
    ["told that it is cancelled", BOUGHT, (facts) => Object.assign(checkoutOf(facts, "ada"), { cancelled: true })],
    ["told that it is paid", WAITING, (facts) => Object.assign(checkoutOf(facts, "dan"), { paid: true })],
  ],
  "charged-as-shown": [
    ["charged more than was shown", BOUGHT, (facts) => Object.assign(checkoutOf(facts, "ada"), { shownCents: 4_000 })],
  ],
  "bought-left-cart": [
    ["the cart kept what was bought", BOUGHT, (facts) => must(facts.carts, () => true).boughtBy.pop()],
  ],
};

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
  facts.orders.push({ ...order(UNKNOWN, "cancelled") });
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
