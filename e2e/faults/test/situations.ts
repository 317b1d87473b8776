import type { PlacedOrder } from "@tradepost/contracts/order";
import type { Facts, OutboxFact } from "../src/history/facts.ts";
import type { MutationName } from "../src/mutations/mutations.ts";
import { type Guest, newGuest } from "./guest.ts";
import { factsWhen, type SmallShop } from "./small-shop.ts";

/** Exactly what a protection is there for, brought about on purpose. Resolves when nothing is under way any more. */
export const SITUATIONS: Record<MutationName, (shop: SmallShop) => Promise<void>> = {
  /** The bank sends a refund back, and then the broker delivers the payment's event a second time. */
  inbox: async (shop) => {
    const { guest, placed } = await buy(shop, "pm_card_refundFail");
    await guest.cancel(placed);
    const facts = await factsWhen(shop, "the refund to have failed", ({ orderRefunds }) =>
      orderRefunds.some(({ orderId, failedAt }) => orderId === placed.order.id && failedAt !== null),
    );
    await shop.deliverAgain("order.record-capture", eventOf(facts, "payment.captured.v1", placed));
  },

  /** Two clicks on “order” in the same moment. */
  "idempotency-claim": async (shop) => {
    const guest = await newGuest(shop);
    const answers = await Promise.all([guest.order(), guest.order()]);
    // On a slow machine one of the two may be told to come back.
    const placed = answers.find((answer) => answer !== null);
    await payAndSee(guest, must(placed, "the order was refused"));
  },

  /** Two shoppers see the last unit in their carts, and both order. */
  "hold-condition": async (shop) => {
    const guests = [await newGuest(shop, "LAST-MUG"), await newGuest(shop, "LAST-MUG")];
    for (const guest of guests) {
      const placed = await guest.order();
      if (placed !== null) await payAndSee(guest, placed);
    }
  },

  /** A shopper pays and cancels before the shop has heard of the money. */
  "late-capture-refund": async (shop) => {
    const guest = await newGuest(shop);
    const placed = must(await guest.order(), "the order was refused");
    shop.sandbox.faults.add({
      ...{ target: "webhooks", kind: "lose", match: { event: "^payment_intent.succeeded$" }, times: 1 },
    });
    await guest.pay(placed);
    await guest.cancel(placed);
    await factsWhen(shop, "the order service to hear of the money", ({ outbox, inbox }) => {
      const told = outbox.find(
        (event) => event.routingKey === "payment.captured.v1" && event.aggregateId === placed.order.id,
      );
      return told !== undefined && inbox.some(({ eventId }) => eventId === told.id);
    });
  },

  /** The broker delivers a confirmation a second time, as after a crash. */
  ledger: async (shop) => {
    const { placed } = await buy(shop);
    const facts = await factsWhen(shop, "the confirmation to be sent", ({ notifications }) =>
      notifications.some(({ orderId, sentAt }) => orderId === placed.order.id && sentAt !== null),
    );
    await shop.deliverAgain("order.mail-confirmation", eventOf(facts, "order.confirmed.v1", placed));
  },
};

async function buy(shop: SmallShop, card?: string) {
  const guest = await newGuest(shop);
  const placed = must(await guest.order(), "the order was refused");
  await payAndSee(guest, placed, card);
  return { guest, placed };
}

async function payAndSee(guest: Guest, placed: PlacedOrder, card?: string) {
  await guest.pay(placed, card);
  await guest.sees(placed, "confirmed");
}

const eventOf = ({ outbox }: Facts, routingKey: string, { order }: PlacedOrder): OutboxFact =>
  must(
    outbox.find((event) => event.routingKey === routingKey && event.aggregateId === order.id),
    `no ${routingKey} was told`,
  );

function must<T>(value: T | null | undefined, otherwise: string): T {
  if (value === null || value === undefined) throw new Error(otherwise);
  return value;
}
