import { consumersByService } from "@tradepost/contracts/consumers";
import type { Facts, OutboxFact } from "../facts.ts";
import { isExcused, type Rule } from "../rule.ts";

/**
 * How one can see that a consumer applied an event: by its inbox row, written with the effect, or by the effect itself,
 * which then is another rule's.
 */
export const PROOF: Record<string, "inbox" | "effect"> = {
  "order.record-capture": "inbox",
  "order.record-refund": "inbox",
  "order.record-refund-failure": "inbox",
  "order.end-unpayable-order": "inbox",
  "order.refund-shortfall": "inbox",
  "order.mail-confirmation": "effect",
  "order.mail-cancellation": "effect",
  "order.mail-refund": "effect",
  "order.mail-refund-failure": "effect",
  "order.mail-shipping": "effect",
  "order.text-confirmation": "effect",
  "order.text-cancellation": "effect",
  "order.text-refund": "effect",
  "order.text-shipping": "effect",
  "payment.cancel-payment": "effect",
  "payment.refund-payment": "effect",
  "product.sell-hold": "effect",
  "product.release-hold": "effect",
  "cart.empty-bought-cart": "effect",
  // No shopper is erased while faults are injected, and what staff do is told by the refunds and shipments themselves.
  "cart.drop-erased-cart": "effect",
  "order.erase-shopper": "effect",
  "user.end-erased-sessions": "effect",
  "user.record-audit": "effect",
};

/** Every event has left its outbox. */
export const eventPublished: Rule = ({ outbox, reservations }) => [
  ...outbox
    .filter(({ publishedAt }) => publishedAt === null)
    .map(({ aggregateId, routingKey, id }) => ({
      orderId: aggregateId,
      message: `${routingKey} ${id} was not published`,
    })),
  ...reservations.flatMap(({ orderId, pendingEventIds }) =>
    pendingEventIds.map((id) => ({ orderId, message: `the reservation's event ${id} was not published` })),
  ),
];

/** What happened was told, and once. */
export const eventOnce: Rule = (facts) => {
  const told = Map.groupBy(facts.outbox, onceKey);
  const untold = happened(facts)
    .filter(({ routingKey, orderId }) => !told.has(`${routingKey} ${orderId}`))
    .map(({ routingKey, orderId }) => ({ orderId, message: `${routingKey} was never told` }));
  const repeated = [...told].flatMap(([key, [first, ...others]]) =>
    key === null || first === undefined || others.length === 0
      ? []
      : [{ orderId: first.aggregateId, message: `${first.routingKey} was told ${others.length + 1} times` }],
  );
  return [...untold, ...repeated];
};

const happened = ({ moves, payments }: Facts): { routingKey: string; orderId: string }[] => [
  ...moves.flatMap(({ orderId, status }) =>
    status === "confirmed" || status === "cancelled" ? [{ routingKey: `order.${status}.v1`, orderId }] : [],
  ),
  ...payments.flatMap(({ orderId, status }) =>
    status === "captured" ? [{ routingKey: "payment.captured.v1", orderId }] : [],
  ),
];

/** Null for what may be told more than once: a declined card, a refund of which nothing was heard. */
function onceKey({ routingKey, aggregateId, envelope }: OutboxFact): string | null {
  const { providerRefundId } = envelope.payload as { providerRefundId?: string };
  if (routingKey.startsWith("payment.refund") && providerRefundId) return `${routingKey} ${providerRefundId}`;
  return /^(order\.(confirmed|cancelled)|payment\.(captured|cancelled))\./.test(routingKey)
    ? `${routingKey} ${aggregateId}`
    : null;
}

/** Each consumer with an inbox applied each event that it wants, and none that nobody published. */
export const eventAppliedOnce: Rule = (facts) => {
  const applied = new Set(facts.inbox.map(({ consumer, eventId }) => `${consumer} ${eventId}`));
  const missing = inboxConsumers().flatMap(({ consumer, routingKeys }) =>
    facts.outbox
      .filter(({ routingKey, publishedAt }) => publishedAt !== null && routingKeys.includes(routingKey))
      .filter(({ id }) => !applied.has(`${consumer} ${id}`) && !isExcused(facts, consumer, id))
      .map(({ id, routingKey, aggregateId }) => ({
        orderId: aggregateId,
        message: `${consumer} has not applied ${routingKey} ${id}`,
      })),
  );
  // The product service keeps no record of what it published, so only the others' events can be looked up.
  const published = new Set(facts.outbox.map(({ id }) => id));
  const unknown = facts.inbox
    .filter(({ consumer, eventId }) => consumer !== "order.refund-shortfall" && !published.has(eventId))
    .map(({ consumer, eventId }) => ({ message: `${consumer} applied ${eventId}, which nobody published` }));
  return [...missing, ...unknown];
};

function inboxConsumers(): { consumer: string; routingKeys: string[] }[] {
  return Object.entries(consumersByService).flatMap(([service, consumers]) =>
    Object.entries(consumers).flatMap(([name, events]) => {
      const consumer = `${service}.${name}`;
      return PROOF[consumer] === "inbox" ? [{ consumer, routingKeys: events.map(({ routingKey }) => routingKey) }] : [];
    }),
  );
}

/** Nothing waits, nothing is being tried again, nothing was given up. */
export const queuesEmpty: Rule = ({ queues, expected }) =>
  queues.flatMap(({ consumer, queue, kind, messages, deadLetters }) => {
    if (kind !== "dead") return [{ message: `${messages} messages wait in ${queue}` }];
    if (expected.deadLettersAllowedOf?.includes(consumer)) return [];
    return deadLetters.map(({ orderId, eventId, error }) => ({
      ...(orderId === undefined ? {} : { orderId }),
      message: `${consumer} gave up on ${eventId}: ${error}`,
    }));
  });

/** The payment service believes Stripe only: what it took in, Stripe knows. */
export const webhookGenuine: Rule = ({ webhooks, stripeEvents }) => {
  const genuine = new Set(stripeEvents.map(({ id }) => id));
  return webhooks
    .filter(({ id }) => !genuine.has(id))
    .map(({ id, type }) => ({ message: `the payment service took in ${type} ${id}, which Stripe does not know` }));
};
