import type { Facts, NotificationFact, OrderFact } from "../facts.ts";
import { type Finding, isExcused, type Rule } from "../rule.ts";

/** What is told of an event, and by which consumers. */
export const TOLD: Record<string, { template: string; mail: string; text: string }> = {
  "order.confirmed.v1": {
    template: "order-confirmed",
    mail: "order.mail-confirmation",
    text: "order.text-confirmation",
  },
  "order.cancelled.v1": {
    template: "order-cancelled",
    mail: "order.mail-cancellation",
    text: "order.text-cancellation",
  },
  "order.shipped.v1": { template: "order-shipped", mail: "order.mail-shipping", text: "order.text-shipping" },
  "payment.refunded.v1": { template: "order-refunded", mail: "order.mail-refund", text: "order.text-refund" },
};

/** No message went to somebody twice. */
export const messageOnce: Rule = ({ messages, notifications }) => {
  const orderOf = new Map(notifications.map(({ eventId, template, orderId }) => [`${eventId}:${template}`, orderId]));
  // Mails of other services carry no reference, and may well be the same twice.
  const known = messages.filter(({ channel, reference }) => channel === "sms" || reference !== null);
  const groups = Map.groupBy(known, ({ to, reference, text }) => `${to} ${reference ?? text}`);
  return [...groups.values()].flatMap((copies) => {
    const [first] = copies;
    if (first === undefined || copies.length === 1) return [];
    const orderId = orderOf.get(first.reference ?? "");
    const message = `“${first.subject || first.text}” was sent ${copies.length} times to ${first.to}`;
    return [{ ...(orderId ? { orderId } : {}), message }];
  });
};

/** What shoppers must be told was told: says the ledger, and says the provider. */
export const messageSent: Rule = (facts) => {
  const byId = new Map(facts.orders.map((order) => [order.id, order]));
  const ledger = new Map(facts.notifications.map((entry) => [keyOf(entry), entry]));
  const mailed = new Set(facts.messages.map(({ to, reference }) => `${reference} ${to}`));
  const inLedger = facts.outbox.flatMap((event): Finding[] => {
    const order = byId.get(event.aggregateId);
    return order === undefined ? [] : ledgerGaps(facts, event, order, ledger);
  });
  const notTaken = facts.notifications
    .filter(({ sentAt, recipient }) => sentAt !== null && isMail(recipient))
    .filter(({ eventId, template, recipient }) => !mailed.has(`${eventId}:${template} ${recipient}`))
    .map(({ orderId, template }) => ({ orderId, message: `the provider does not have the ${template} mail` }));
  return [...inLedger, ...notTaken, ...textGaps(facts)];
};

function ledgerGaps(
  facts: Facts,
  { id, routingKey }: { id: string; routingKey: string },
  order: OrderFact,
  ledger: ReadonlyMap<string, NotificationFact>,
): Finding[] {
  const told = TOLD[routingKey];
  if (told === undefined) return [];
  const channels = [
    { recipient: order.email, consumer: told.mail, what: `${told.template} mail` },
    { recipient: order.phone, consumer: told.text, what: `${told.template} text message` },
  ];
  return channels.flatMap(({ recipient, consumer, what }) => {
    if (recipient === null || isExcused(facts, consumer, id)) return [];
    const entry = ledger.get(keyOf({ eventId: id, template: told.template, recipient }));
    if (entry === undefined) return [{ orderId: order.id, message: `no ${what} was begun` }];
    const isSettled = entry.sentAt !== null || entry.failedAt !== null;
    return isSettled ? [] : [{ orderId: order.id, message: `the ${what} was begun and not finished` }];
  });
}

/** Twilio keeps nothing of ours beside a text, so a number's texts are counted. */
function textGaps({ notifications, messages }: Facts): Finding[] {
  const sent = Map.groupBy(
    notifications.filter(({ sentAt, recipient }) => sentAt !== null && !isMail(recipient)),
    ({ recipient }) => recipient,
  );
  const taken = Map.groupBy(
    messages.filter(({ channel }) => channel === "sms"),
    ({ to }) => to,
  );
  return [...new Set([...sent.keys(), ...taken.keys()])].flatMap((number) => {
    const entries = sent.get(number) ?? [];
    const texts = new Set(taken.get(number)?.map(({ text }) => text));
    const [orderId] = entries.map((entry) => entry.orderId);
    const message = `the ledger has ${entries.length} text messages to ${number}, the provider ${texts.size}`;
    return entries.length === texts.size ? [] : [{ ...(orderId ? { orderId } : {}), message }];
  });
}

/** An order that was confirmed has one confirmation by mail, any other none. */
export const oneConfirmation: Rule = ({ orders, moves, notifications }) => {
  const confirmed = new Set(moves.flatMap(({ orderId, status }) => (status === "confirmed" ? [orderId] : [])));
  const mails = Map.groupBy(
    notifications.filter(({ template, recipient }) => template === "order-confirmed" && isMail(recipient)),
    ({ orderId }) => orderId,
  );
  return orders.flatMap(({ id }) => {
    const [due, is] = [confirmed.has(id) ? 1 : 0, mails.get(id)?.length ?? 0];
    return due === is ? [] : [{ orderId: id, message: `${is} confirmations for an order that should have ${due}` }];
  });
};

/** Every mail about an order has its line in the ledger. */
export const messageKnown: Rule = ({ messages, notifications }) => {
  const known = new Set(notifications.map(({ eventId, template }) => `${eventId}:${template}`));
  return messages
    .filter(({ reference }) => reference?.includes(":order-") && !known.has(reference))
    .map(({ subject, to, reference }) => ({ message: `“${subject}” to ${to} (${reference}) is in no ledger` }));
};

const keyOf = ({ eventId, template, recipient }: Pick<NotificationFact, "eventId" | "template" | "recipient">) =>
  `${eventId}:${template} ${recipient}`;
const isMail = (recipient: string): boolean => recipient.includes("@");
