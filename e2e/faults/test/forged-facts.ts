import type { Facts, IntentFact, MoveFact, OrderFact, OutboxFact, ReservationFact } from "../src/history/facts.ts";

const START = Date.parse("2026-11-24T12:00:00Z");
/** So many seconds after noon. */
export const at = (seconds: number): Date => new Date(START + seconds * 1_000);

const uuid = (n: number): string => `0193ca00-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const BOUGHT = uuid(1);
export const RETURNED = uuid(2);
export const SOLD_OUT = uuid(3);
export const WAITING = uuid(4);
export const UNKNOWN = uuid(9);

/** What a shop of two mugs would say that sold one, took one back, refused one shopper and waits for another. */
export function cleanFacts(): Facts {
  return {
    now: at(120),
    expected: {
      initialStock: { MUG: 2 },
      checkouts: [
        checkout("ada", "key-1", BOUGHT, { paid: true, seen: ["awaiting_payment", "confirmed"] }),
        checkout("bob", "key-2", RETURNED, { paid: true, seen: ["confirmed", "cancelled"], cancelled: true }),
        { shopper: "cyd", key: "key-3", answers: [{ status: 409, code: "stock.insufficient" }], shownCents: 4_290 },
        checkout("dan", "key-4", WAITING, {}),
      ],
    },
    orders: [
      order(BOUGHT, "confirmed"),
      order(RETURNED, "cancelled"),
      order(SOLD_OUT, "rejected"),
      order(WAITING, "awaiting_payment"),
    ],
    moves: [
      ...path(BOUGHT, ["placing", "awaiting_payment", "confirmed"]),
      ...path(RETURNED, ["placing", "awaiting_payment", "confirmed", "cancelled"]),
      ...path(SOLD_OUT, ["placing", "rejected"]),
      ...path(WAITING, ["placing", "awaiting_payment"]),
    ],
    orderRefunds: [
      {
        ...{ id: uuid(21), orderId: RETURNED, amountCents: 4_290, reason: "shopper", requestedBy: null },
        ...{ requestedAt: at(20), refundedAt: at(22), failedAt: null },
      },
    ],
    keys: [BOUGHT, RETURNED, SOLD_OUT, WAITING].map((orderId, index) => ({
      ...{ caller: `cart:${uuid(50 + index)}`, key: `key-${index + 1}`, orderId, createdAt: at(0) },
      status: orderId === SOLD_OUT ? 409 : 200,
    })),
    notifications: [
      notification(uuid(12), "order-confirmed", BOUGHT),
      notification(uuid(14), "order-confirmed", RETURNED),
      notification(uuid(15), "order-cancelled", RETURNED),
      notification(uuid(17), "order-refunded", RETURNED),
    ],
    outbox: [
      event("payment", uuid(11), "payment.captured.v1", BOUGHT),
      event("order", uuid(12), "order.confirmed.v1", BOUGHT),
      event("payment", uuid(13), "payment.captured.v1", RETURNED),
      event("order", uuid(14), "order.confirmed.v1", RETURNED),
      event("order", uuid(15), "order.cancelled.v1", RETURNED),
      event("order", uuid(16), "order.refund_requested.v1", RETURNED, {
        refundId: uuid(21),
        amount: { amount: 4_290, currency: "EUR" },
      }),
      event("payment", uuid(17), "payment.refunded.v1", RETURNED, { providerRefundId: "re_2", refundId: uuid(21) }),
    ],
    inbox: [
      { service: "order", eventId: uuid(11), consumer: "order.record-capture", handledAt: at(6) },
      { service: "order", eventId: uuid(13), consumer: "order.record-capture", handledAt: at(6) },
      { service: "order", eventId: uuid(17), consumer: "order.record-refund", handledAt: at(23) },
    ],
    payments: [
      payment(BOUGHT, "pi_1", "captured", 0),
      payment(RETURNED, "pi_2", "captured", 4_290),
      payment(WAITING, "pi_4", "awaiting", 0),
    ],
    webhooks: [{ id: "evt_1", type: "payment_intent.succeeded", receivedAt: at(5) }],
    stock: [
      {
        ...{ sku: "MUG", location: "main", onHand: 1, available: 0, holds: [{ orderId: WAITING, quantity: 1 }] },
        sales: [
          { orderId: BOUGHT, quantity: 1, at: at(7) },
          { orderId: RETURNED, quantity: 1, at: at(7) },
        ],
        returns: [{ orderId: RETURNED, quantity: 1, at: at(21) }],
      },
    ],
    reservations: [
      reservation(BOUGHT, "sold"),
      reservation(RETURNED, "returned"),
      reservation(SOLD_OUT, "refused"),
      reservation(WAITING, "held"),
    ],
    intents: [intent("pi_1", BOUGHT, true), intent("pi_2", RETURNED, true), intent("pi_4", WAITING, false)],
    stripeRefunds: [{ id: "re_2", intentId: "pi_2", amountCents: 4_290, status: "succeeded", at: at(21) }],
    stripeEvents: [
      { id: "evt_1", type: "payment_intent.succeeded", intentId: "pi_1", at: at(5), deliveries: ["delivered"] },
    ],
    messages: [
      mail(uuid(12), "order-confirmed", BOUGHT),
      mail(uuid(14), "order-confirmed", RETURNED),
      mail(uuid(15), "order-cancelled", RETURNED),
      mail(uuid(17), "order-refunded", RETURNED),
    ],
    queues: [],
    carts: [{ id: cartOf(BOUGHT), bornAt: at(-60), boughtBy: [BOUGHT] }],
  };
}

export const addressOf = (orderId: string): string => `shopper-${orderId.slice(-2)}@example.com`;
const cartOf = (orderId: string): string => orderId.replace("0193ca00", "0193ca01");

const checkout = (shopper: string, key: string, orderId: string, more: object) => ({
  ...{ shopper, key, shownCents: 4_290, ...more },
  answers: [
    { status: 0 },
    { status: 409, code: "idempotency.in_progress" },
    { status: 201, orderId, totalCents: 4_290 },
    { status: 201, orderId, totalCents: 4_290 },
  ],
});

export const order = (id: string, status: string): OrderFact => ({
  ...{ id, number: `NR-${id.slice(-4)}`, status, cartId: cartOf(id), userId: null, email: addressOf(id), phone: null },
  ...{ totalCents: 4_290, lines: [{ sku: "MUG", quantity: 1 }], placedAt: at(0), payBy: at(900), cancelReason: null },
});

export const path = (orderId: string, states: readonly string[]): MoveFact[] =>
  states.map((status, index) => ({ orderId, status, reason: "as it goes", at: at(index * 5) }));

export const notification = (eventId: string, template: string, orderId: string) => ({
  ...{ eventId, template, orderId, recipient: addressOf(orderId) },
  ...{ startedAt: at(7), sentAt: at(8), failedAt: null },
});

export const mail = (eventId: string, template: string, orderId: string) => ({
  ...{ channel: "email" as const, to: addressOf(orderId), subject: `Your order: ${template}` },
  ...{ text: "Hello", reference: `${eventId}:${template}`, at: at(8) },
});

export const text = (orderId: string, content: string) => ({
  ...{ channel: "sms" as const, to: `+49${orderId.slice(-2)}`, subject: "", text: content, reference: null, at: at(8) },
});

export const event = (
  service: string,
  id: string,
  routingKey: string,
  orderId: string,
  payload: object = {},
): OutboxFact => ({
  ...{ service, id, routingKey, aggregateId: orderId, envelope: { id, payload: { orderId, ...payload } } },
  ...{ createdAt: at(5), publishedAt: at(5) },
});

const payment = (orderId: string, intentId: string, status: string, refundedCents: number) => ({
  ...{ orderId, intentId, status, refundedCents, amountCents: 4_290, createdAt: at(1), changedAt: at(5) },
});

const reservation = (orderId: string, state: string): ReservationFact => ({
  ...{ orderId, state, lines: [{ sku: "MUG", quantity: 1 }], shortages: [], pendingEventIds: [], updatedAt: at(7) },
});

export const intent = (id: string, orderId: string, isPaid: boolean): IntentFact => ({
  ...{ id, orderId, status: isPaid ? "succeeded" : "requires_payment_method", amountCents: 4_290, createdAt: at(1) },
  captures: isPaid ? [{ chargeId: `ch_${id}`, amountCents: 4_290, at: at(4) }] : [],
});
