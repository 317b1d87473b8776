import type { Facts } from "./facts.ts";
import { euros } from "./rule.ts";

interface Line {
  orderId: string | null | undefined;
  at: Date;
  /** Who says so. */
  place: string;
  text: string;
}

/** Each order's whole story over all stores, in order of time, a line for each fact; for reading. */
export function renderHistories(facts: Facts): (orderId: string) => string[] {
  let byOrder: Map<Line["orderId"], Line[]> | undefined;
  return (orderId) => {
    byOrder ??= Map.groupBy(linesOf(facts), (line) => line.orderId);
    return (byOrder.get(orderId) ?? [])
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ at, place, text }) => `${at.toISOString().slice(11, 23)}  ${place.padEnd(9)} ${text}`);
  };
}

const linesOf = (facts: Facts): Line[] =>
  [ordering, paying, atStripe, stocking, telling, shopping].flatMap((part) => part(facts));

function ordering({ orders, moves, keys, orderRefunds }: Facts): Line[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  return [
    ...moves.map(({ orderId, status, reason, at }) => {
      const order = status === "placing" ? byId.get(orderId) : undefined;
      const lines = order?.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");
      const what = order
        ? `: ${order.number}, ${lines}, ${euros(order.totalCents)}, pay by ${order.payBy.toISOString()}`
        : "";
      return { orderId, at, place: "order", text: `${status} (${reason})${what}` };
    }),
    ...keys.map(({ orderId, key, status, createdAt }) => ({
      ...{
        orderId,
        at: createdAt,
        place: "order",
        text: `claimed ${key}, ${status === null ? "unfinished" : `answered ${status}`}`,
      },
    })),
    ...orderRefunds.flatMap(({ orderId, amountCents, reason, requestedAt, refundedAt, failedAt }) => [
      { orderId, at: requestedAt, place: "order", text: `refund of ${euros(amountCents)} asked for (${reason})` },
      ...(refundedAt
        ? [{ orderId, at: refundedAt, place: "order", text: `refund of ${euros(amountCents)} done` }]
        : []),
      ...(failedAt ? [{ orderId, at: failedAt, place: "order", text: `refund of ${euros(amountCents)} failed` }] : []),
    ]),
  ];
}

function paying({ payments, intents, webhooks, stripeEvents }: Facts): Line[] {
  const orderOf = new Map(intents.map(({ id, orderId }) => [id, orderId]));
  const events = new Map(stripeEvents.map((event) => [event.id, event]));
  return [
    ...payments.flatMap(({ orderId, intentId, amountCents, status, refundedCents, createdAt, changedAt }) => [
      { orderId, at: createdAt, place: "payment", text: `payment of ${euros(amountCents)} opened` },
      {
        ...{ orderId, at: changedAt, place: "payment" },
        text: `payment ${status}, ${intentId ?? "no intent"}, ${euros(refundedCents)} refunded (last change)`,
      },
    ]),
    ...webhooks.map(({ id, type, receivedAt }) => {
      const intentId = events.get(id)?.intentId;
      const orderId = intentId ? orderOf.get(intentId) : null;
      return { orderId, at: receivedAt, place: "payment", text: `webhook ${type} ${id} taken in` };
    }),
  ];
}

function atStripe({ intents, stripeRefunds, stripeEvents }: Facts): Line[] {
  const orderOf = new Map(intents.map(({ id, orderId }) => [id, orderId]));
  const place = "stripe";
  return [
    ...intents.flatMap(({ id, orderId, amountCents, status, captures, createdAt }) => [
      { orderId, at: createdAt, place, text: `${id} over ${euros(amountCents)} made, by now ${status}` },
      ...captures.map(({ chargeId, amountCents: cents, at }) => ({
        ...{ orderId, at, place, text: `${chargeId} captured ${euros(cents)}` },
      })),
    ]),
    ...stripeRefunds.map(({ id, intentId, amountCents, status, at }) => ({
      ...{ orderId: orderOf.get(intentId), at, place, text: `${id} over ${euros(amountCents)}, ${status}` },
    })),
    ...stripeEvents.flatMap(({ id, type, intentId, at, deliveries }) =>
      intentId === null
        ? []
        : [
            {
              orderId: orderOf.get(intentId),
              at,
              place,
              text: `event ${type} ${id}, ${deliveries.join(", ") || "not sent"}`,
            },
          ],
    ),
  ];
}

function stocking({ reservations, stock, now }: Facts): Line[] {
  const place = "product";
  return [
    ...reservations.map(({ orderId, state, lines, shortages, updatedAt }) => {
      const what = lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");
      const short = shortages.length > 0 ? `, short of ${shortages.map(({ sku }) => sku).join(", ")}` : "";
      return { orderId, at: updatedAt, place, text: `reservation of ${what} ${state}${short} (last change)` };
    }),
    ...stock.flatMap(({ sku, sales, returns }) => [
      ...sales.map(({ orderId, quantity, at }) => ({ orderId, at, place, text: `${quantity} × ${sku} sold` })),
      ...returns.map(({ orderId, quantity, at }) => ({ orderId, at, place, text: `${quantity} × ${sku} put back` })),
    ]),
    ...stock.flatMap(({ sku, holds }) =>
      // A hold does not say since when; it still stands, so it comes last.
      holds.map(({ orderId, quantity }) => ({ orderId, at: now, place, text: `${quantity} × ${sku} held` })),
    ),
  ];
}

function telling({ outbox, inbox, notifications, messages }: Facts): Line[] {
  const orderOfEvent = new Map(outbox.map(({ id, aggregateId }) => [id, aggregateId]));
  return [
    ...outbox.flatMap(({ service, id, routingKey, aggregateId: orderId, createdAt, publishedAt }) => [
      { orderId, at: createdAt, place: service, text: `event ${routingKey} ${id} written` },
      ...(publishedAt
        ? [{ orderId, at: publishedAt, place: service, text: `event ${routingKey} ${id} published` }]
        : []),
    ]),
    ...inbox.map(({ service, eventId, consumer, handledAt }) => ({
      ...{ orderId: orderOfEvent.get(eventId), at: handledAt, place: service, text: `${consumer} applied ${eventId}` },
    })),
    ...notifications.flatMap(({ orderId, template, recipient, startedAt, sentAt, failedAt }) => [
      { orderId, at: startedAt, place: "order", text: `${template} to ${recipient} begun` },
      ...(sentAt ? [{ orderId, at: sentAt, place: "order", text: `${template} to ${recipient} sent` }] : []),
      ...(failedAt ? [{ orderId, at: failedAt, place: "order", text: `${template} to ${recipient} refused` }] : []),
    ]),
    ...messages.map(({ channel, to, subject, reference, at }) => ({
      orderId: orderOfEvent.get(reference?.slice(0, 36) ?? ""),
      ...{ at, place: channel === "email" ? "sendgrid" : "twilio", text: `“${subject}” to ${to} accepted` },
    })),
  ];
}

/** What clients were told has no times; it comes after everything else. */
function shopping({ expected, now }: Facts): Line[] {
  return expected.checkouts.flatMap(({ shopper, key, answers, seen = [], paid, cancelled }) => {
    const orderId = answers.find((answer) => answer.orderId !== undefined)?.orderId;
    const told = answers.map(({ status, code }) => [status || "no answer", code].filter(Boolean).join(" ")).join(", ");
    const more = [...seen.map((status) => `saw ${status}`), paid ? "paid" : "", cancelled ? "cancelled" : ""];
    const text = `${shopper} (${key}): ${told}; ${more.filter(Boolean).join(", ") || "nothing more"}`;
    return [{ orderId, at: now, place: "shopper", text }];
  });
}
