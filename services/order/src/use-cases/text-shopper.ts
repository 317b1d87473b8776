import { createHash } from "node:crypto";
import { orderSms, type SmsTemplate } from "../sms/order-sms.ts";
import { findOrder } from "../storage/order-repository.ts";
import { type DeliverOnceDeps, deliverOnce } from "./deliver-once.ts";

/** A provider of text messages. It keeps nothing of ours beside a message, so its text carries a reference. */
export interface SmsProvider {
  /** Throws NotAccepted or RecipientRefused; any other error leaves open whether the message was taken. */
  send: (to: string, text: string) => Promise<void>;
  /** Whether it took a message to `to` since then whose text holds `reference`. */
  wasAccepted: (to: string, reference: string, since: Date) => Promise<boolean>;
}

export interface TextShopperDeps extends DeliverOnceDeps {
  smsProvider: SmsProvider;
}

/** The provider's clock and ours may differ by as much. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Texts the shopper of an order who asked for it, once per event and template. */
export const textShopper =
  (deps: TextShopperDeps) =>
  async (event: { id: string; occurredAt: string; orderId: string }, sms: SmsTemplate): Promise<void> => {
    const order = await findOrder(deps.sql, event.orderId);
    if (!order) throw new Error(`order ${event.orderId} is missing`);
    const { phone } = order.shippingAddress;
    if (!order.smsUpdates || phone === undefined) return;
    const reference = referenceOf(`${event.id}:${sms.template}`);
    // No attempt can be older than the event.
    const since = new Date(Date.parse(event.occurredAt) - CLOCK_SKEW_MS);
    await deliverOnce(deps)(
      { eventId: event.id, template: sms.template, recipient: phone, orderId: order.id },
      {
        send: () => deps.smsProvider.send(phone, orderSms(order, sms, reference)),
        wasAccepted: () => deps.smsProvider.wasAccepted(phone, reference, since),
      },
    );
  };

// Crockford's base 32, as in order numbers.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Eight characters (40 bits) that name one message among those to a number, the same at every attempt. */
const referenceOf = (message: string): string =>
  [...createHash("sha256").update(message).digest().subarray(0, 8)].map((byte) => ALPHABET[byte % 32]).join("");
