import type { Locale } from "@tradepost/contracts/market";
import type { CancelReason } from "../domain/order.ts";

/** The words of the shop's mails. `{…}` is filled in by order-mail.ts. */
export interface MailTexts {
  confirmed: { subject: string; lead: string };
  cancelled: { subject: string; lead: Record<CancelReason, string> };
  shipped: { subject: string; lead: string; carrier: string; trackingNumber: string; track: string };
  refunded: { subject: string; lead: string };
  refundFailed: { subject: string; lead: string };
  hello: string;
  goods: string;
  discount: string;
  shipping: string;
  taxIncluded: string;
  tax: string;
  total: string;
  deliveredTo: string;
  expected: string;
  viewOrder: string;
  signature: string;
}

export const MAIL_TEXTS: Record<Locale, MailTexts> = {
  en: {
    confirmed: {
      subject: "Your order {number} is confirmed",
      lead: "Thank you for your order. Your payment has arrived and we are getting everything ready.",
    },
    cancelled: {
      subject: "Your order {number} was cancelled",
      lead: {
        shopper:
          "We have cancelled your order as you asked. If you had paid already, your money is on its way back to you.",
        payment_deadline: "We did not receive a payment in time, so your order was cancelled. Nothing was charged.",
        payment_cancelled: "The payment was called off, so your order was cancelled. Nothing was charged.",
        stock_shortfall:
          "We are sorry: something you ordered is not there after all, so we had to cancel your order. What you paid is on its way back to you.",
      },
    },
    shipped: {
      subject: "Your order {number} is on its way",
      lead: "Good news: your order has left our house.",
      carrier: "Carrier",
      trackingNumber: "Tracking number",
      track: "Follow your parcel",
    },
    refunded: {
      subject: "We have refunded {amount} for your order {number}",
      lead: "{amount} is on its way back to you. Depending on your bank it takes 5 to 10 days to arrive.",
    },
    refundFailed: {
      subject: "Your refund of {amount} for order {number} could not be delivered",
      lead: "We sent {amount} back to you, but the money has come back to us: your bank could not pay it out, for instance because the card is no longer valid. It is not lost. We are looking for another way to return it. If you do not hear from us within a few days, please contact us and name your order {number}.",
    },
    hello: "Hello {name},",
    goods: "Goods",
    discount: "Discount",
    shipping: "Delivery",
    taxIncluded: "includes {tax} VAT",
    tax: "Tax",
    total: "Total",
    deliveredTo: "Delivered to",
    expected: "Expected between {from} and {to}",
    viewOrder: "View your order",
    signature: "Kind regards, your Tradepost team",
  },
  de: {
    confirmed: {
      subject: "Ihre Bestellung {number} ist bestätigt",
      lead: "Vielen Dank für Ihre Bestellung. Ihre Zahlung ist eingegangen, wir machen alles für Sie fertig.",
    },
    cancelled: {
      subject: "Ihre Bestellung {number} wurde storniert",
      lead: {
        shopper:
          "Wir haben Ihre Bestellung wie gewünscht storniert. Falls Sie schon bezahlt hatten, ist Ihr Geld auf dem Weg zurück zu Ihnen.",
        payment_deadline:
          "Wir haben rechtzeitig keine Zahlung erhalten und Ihre Bestellung deshalb storniert. Es wurde nichts abgebucht.",
        payment_cancelled:
          "Die Zahlung wurde abgebrochen, deshalb ist Ihre Bestellung storniert. Es wurde nichts abgebucht.",
        stock_shortfall:
          "Es tut uns leid: Etwas aus Ihrer Bestellung ist doch nicht mehr da, deshalb mussten wir sie stornieren. Ihr Geld ist auf dem Weg zurück zu Ihnen.",
      },
    },
    shipped: {
      subject: "Ihre Bestellung {number} ist unterwegs",
      lead: "Gute Nachrichten: Ihre Bestellung hat unser Haus verlassen.",
      carrier: "Versand durch",
      trackingNumber: "Sendungsnummer",
      track: "Sendung verfolgen",
    },
    refunded: {
      subject: "Wir haben {amount} für Ihre Bestellung {number} erstattet",
      lead: "{amount} sind auf dem Weg zurück zu Ihnen. Je nach Bank dauert das 5 bis 10 Tage.",
    },
    refundFailed: {
      subject: "Ihre Erstattung von {amount} für die Bestellung {number} kam nicht an",
      lead: "Wir haben Ihnen {amount} zurückgeschickt, doch das Geld kam wieder bei uns an: Ihre Bank konnte es nicht auszahlen, etwa weil die Karte nicht mehr gültig ist. Verloren ist es nicht. Wir suchen einen anderen Weg, es Ihnen zurückzugeben. Wenn Sie in den nächsten Tagen nichts von uns hören, melden Sie sich bitte bei uns und nennen Sie Ihre Bestellung {number}.",
    },
    hello: "Guten Tag {name},",
    goods: "Waren",
    discount: "Rabatt",
    shipping: "Versand",
    taxIncluded: "enthält {tax} MwSt.",
    tax: "Steuer",
    total: "Gesamt",
    deliveredTo: "Lieferung an",
    expected: "Voraussichtlich zwischen {from} und {to}",
    viewOrder: "Bestellung ansehen",
    signature: "Herzliche Grüße, Ihr Tradepost-Team",
  },
};

/** Fills `{name}` places; a place without a value stays empty. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
