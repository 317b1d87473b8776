import { isExcused, type Rule } from "../rule.ts";

/** Which event is mailed under which template, and by which consumer. */
export const MAILED: Record<string, { template: string; consumer: string }> = {
  "order.confirmed.v1": { template: "order-confirmed", consumer: "order.mail-confirmation" },
  "order.cancelled.v1": { template: "order-cancelled", consumer: "order.mail-cancellation" },
  "payment.refunded.v1": { template: "order-refunded", consumer: "order.mail-refund" },
};

/** No message went to somebody twice. */
export const mailOnce: Rule = ({ messages, notifications }) => {
  const orderOf = new Map(notifications.map(({ eventId, template, orderId }) => [`${eventId}:${template}`, orderId]));
  const groups = Map.groupBy(messages, ({ channel, to, reference }) => JSON.stringify([channel, to, reference]));
  return [...groups.values()].flatMap((copies) => {
    const [first] = copies;
    if (first?.reference == null || copies.length === 1) return [];
    const orderId = orderOf.get(first.reference);
    return [
      { ...(orderId ? { orderId } : {}), message: `“${first.subject}” was sent ${copies.length} times to ${first.to}` },
    ];
  });
};

/** What the shopper must be told was told, says the ledger and says the provider. */
export const mailSent: Rule = (facts) => {
  const ledger = new Map(facts.notifications.map((entry) => [`${entry.eventId}:${entry.template}`, entry]));
  const accepted = new Set(facts.messages.map(({ to, reference }) => `${reference} ${to}`));
  return facts.outbox.flatMap(({ id, routingKey, aggregateId: orderId }) => {
    const mailed = MAILED[routingKey];
    if (mailed === undefined || isExcused(facts, mailed.consumer, id)) return [];
    const reference = `${id}:${mailed.template}`;
    const entry = ledger.get(reference);
    if (entry === undefined) return [{ orderId, message: `no ${mailed.template} mail was begun` }];
    if (entry.failedAt !== null) return []; // the provider refused the address for good
    if (entry.sentAt === null) return [{ orderId, message: `the ${mailed.template} mail was begun and not finished` }];
    return accepted.has(`${reference} ${entry.recipient}`)
      ? []
      : [{ orderId, message: `the ${mailed.template} mail counts as sent, but the provider does not have it` }];
  });
};

/** A bought order has one confirmation, an order that never was bought has none. */
export const oneConfirmation: Rule = ({ orders, moves, notifications }) => {
  const confirmed = new Set(moves.flatMap(({ orderId, status }) => (status === "confirmed" ? [orderId] : [])));
  const mails = Map.groupBy(
    notifications.filter(({ template }) => template === "order-confirmed"),
    ({ orderId }) => orderId,
  );
  return orders.flatMap(({ id }) => {
    const [due, is] = [confirmed.has(id) ? 1 : 0, mails.get(id)?.length ?? 0];
    return due === is ? [] : [{ orderId: id, message: `${is} confirmations for an order that should have ${due}` }];
  });
};

/** Every message belongs to a line of the ledger. */
export const mailKnown: Rule = ({ messages, notifications }) => {
  const known = new Set(notifications.map(({ eventId, template }) => `${eventId}:${template}`));
  return messages
    .filter(({ reference }) => reference !== null && !known.has(reference))
    .map(({ subject, to, reference }) => ({ message: `“${subject}” to ${to} (${reference}) is in no ledger` }));
};
