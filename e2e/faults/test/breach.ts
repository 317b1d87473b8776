import type { Facts } from "../src/history/facts.ts";
import { BOUGHT } from "./forged-facts.ts";

/** What breaks each rule: what happened, and the order that the violation must name (none where it names none). */
export type Breach = [what: string, orderId: string | undefined, happen: (facts: Facts) => void];

export const must = <T>(items: readonly T[], fits: (item: T) => boolean): T => {
  const found = items.find(fits);
  if (found === undefined) throw new Error("the clean history does not have it");
  return found;
};
export const orderOf = (facts: Facts, id: string) => must(facts.orders, (each) => each.id === id);
export const intentOf = (facts: Facts, orderId: string) => must(facts.intents, (each) => each.orderId === orderId);
export const paymentOf = (facts: Facts, orderId: string) => must(facts.payments, (each) => each.orderId === orderId);
export const reservationOf = (facts: Facts, orderId: string) =>
  must(facts.reservations, (each) => each.orderId === orderId);
export const checkoutOf = (facts: Facts, shopper: string) =>
  must(facts.expected.checkouts, (each) => each.shopper === shopper);
export const mug = (facts: Facts) => must(facts.stock, ({ sku }) => sku === "MUG");
export const dead = (facts: Facts, consumer: string, eventId: string) =>
  facts.queues.push({
    ...{ consumer, queue: `${consumer}.dead`, kind: "dead", messages: 1 },
    deadLetters: [{ eventId, orderId: BOUGHT, error: "it would not work" }],
  });
export const outboxOf = (facts: Facts, routingKey: string) =>
  must(facts.outbox, (each) => each.routingKey === routingKey);
