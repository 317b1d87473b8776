import type { Locale } from "@tradepost/contracts/market";
import type { Carrier } from "@tradepost/contracts/order";
import { CARRIER_NAMES } from "../domain/fulfilment.ts";
import type { Order } from "../domain/order.ts";
import { fill } from "../mail/mail-texts.ts";

export type SmsTemplate =
  | { template: "order-confirmed" }
  | { template: "order-shipped"; carrier: Carrier }
  | { template: "order-cancelled" }
  | { template: "order-refunded" };

/** In the GSM alphabet and short enough for one message; nothing of the shopper's but the order's number. */
const TEXTS: Record<Locale, Record<SmsTemplate["template"] | "order-shipped-by", string>> = {
  en: {
    "order-confirmed": "Tradepost: your order {number} is confirmed. Thank you!",
    "order-shipped": "Tradepost: your order {number} is on its way.",
    "order-shipped-by": "Tradepost: your order {number} is on its way with {carrier}.",
    "order-cancelled": "Tradepost: your order {number} was cancelled.",
    "order-refunded": "Tradepost: a refund for your order {number} is on its way back to you.",
  },
  de: {
    "order-confirmed": "Tradepost: Ihre Bestellung {number} ist bestätigt. Vielen Dank!",
    "order-shipped": "Tradepost: Ihre Bestellung {number} ist unterwegs.",
    "order-shipped-by": "Tradepost: Ihre Bestellung {number} ist mit {carrier} unterwegs.",
    "order-cancelled": "Tradepost: Ihre Bestellung {number} wurde storniert.",
    "order-refunded": "Tradepost: Zu Ihrer Bestellung {number} ist Geld auf dem Weg zurück zu Ihnen.",
  },
};

/** A text message about an order in the locale it was placed in, with the reference by which the provider is asked. */
export function orderSms({ locale, number }: Pick<Order, "locale" | "number">, sms: SmsTemplate, reference: string) {
  const carrier = sms.template === "order-shipped" ? CARRIER_NAMES[sms.carrier] : null;
  const text = TEXTS[locale][carrier === null ? sms.template : "order-shipped-by"];
  return `${fill(text, { number, carrier: carrier ?? "" })} Ref. ${reference}`;
}
