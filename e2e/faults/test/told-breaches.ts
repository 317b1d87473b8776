import { type Breach, checkoutOf, dead, must, orderOf, outboxOf, reservationOf } from "./breach.ts";
import { at, BOUGHT, event, mail, order, path, RETURNED, SOLD_OUT, text, UNKNOWN, WAITING } from "./forged-facts.ts";

/** Histories in which an event, a message or an answer went wrong, by the rule that must tell. */
export const toldBreaches = {
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
} satisfies Record<string, Breach[]>;
