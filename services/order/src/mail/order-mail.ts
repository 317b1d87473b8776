import { formatMoney } from "@tradepost/contracts/money";
import type { Shipment } from "@tradepost/contracts/order";
import type { Mail } from "@tradepost/mail/mail-provider";
import { CARRIER_NAMES } from "../domain/fulfilment.ts";
import type { Order } from "../domain/order.ts";
import { mailHtml, mailText } from "./mail-layout.ts";
import { fill, MAIL_TEXTS } from "./mail-texts.ts";

type Parcel = Pick<Shipment, "carrier" | "trackingNumber" | "trackingUrl">;

export type MailTemplate =
  | { template: "order-confirmed" }
  | { template: "order-shipped"; shipment: Parcel }
  | { template: "order-cancelled" }
  | { template: "order-refunded"; refundCents: number }
  | { template: "order-refund-failed"; refundCents: number };

/** A mail about an order in the locale it was placed in. `orderUrl` leads to the order's page in the storefront. */
export function orderMail(order: Order, mail: MailTemplate, orderUrl: string): Mail {
  const texts = MAIL_TEXTS[order.locale];
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, order.locale);
  const { subject, lead } = wordsOf(order, mail);
  const amount = "refundCents" in mail ? money(mail.refundCents) : "";
  const values = { number: order.number, name: order.shippingAddress.name, amount };
  const content = {
    locale: order.locale,
    subject: fill(subject, values),
    greeting: fill(texts.hello, values),
    lead: fill(lead, values),
    parcel: mail.template === "order-shipped" ? parcelOf(order, mail.shipment) : null,
    items: order.lines.map((line) => ({
      title: `${line.quantity} × ${line.name}`,
      detail: line.optionsText,
      amount: money(line.lineTotal.amount),
    })),
    sums: sumsOf(order, money),
    address: [
      order.shippingAddress.name,
      order.shippingAddress.line1,
      order.shippingAddress.line2 ?? "",
      `${order.shippingAddress.postalCode} ${order.shippingAddress.city}`,
      order.shippingAddress.country,
    ].filter((line) => line !== ""),
    addressTitle: texts.deliveredTo,
    expected: EXPECTING.has(mail.template) ? fill(texts.expected, deliveryOf(order)) : null,
    action: { label: texts.viewOrder, url: orderUrl },
    signature: texts.signature,
  };
  return { subject: content.subject, text: mailText(content), html: mailHtml(content) };
}

/** After which mails a parcel is still to come. */
const EXPECTING = new Set<string>(["order-confirmed", "order-shipped"]);

function parcelOf({ locale }: Order, { carrier, trackingNumber, trackingUrl }: Parcel) {
  const texts = MAIL_TEXTS[locale].shipped;
  const name = CARRIER_NAMES[carrier];
  return {
    facts: [
      ...(name === null ? [] : [{ label: texts.carrier, value: name }]),
      { label: texts.trackingNumber, value: trackingNumber },
    ],
    link: trackingUrl === null ? null : { label: texts.track, url: trackingUrl },
  };
}

function wordsOf(order: Order, { template }: MailTemplate): { subject: string; lead: string } {
  const texts = MAIL_TEXTS[order.locale];
  if (template === "order-confirmed") return texts.confirmed;
  if (template === "order-shipped") return texts.shipped;
  if (template === "order-refunded") return texts.refunded;
  if (template === "order-refund-failed") return texts.refundFailed;
  const reason = order.cancelReason ?? "";
  const { subject, lead } = texts.cancelled;
  return { subject, lead: reason in lead ? lead[reason as keyof typeof lead] : lead.shopper };
}

function sumsOf(order: Order, money: (cents: number) => string) {
  const texts = MAIL_TEXTS[order.locale];
  return [
    { label: texts.goods, amount: money(order.subtotalCents) },
    ...order.discounts.map(({ title, amount }) => ({
      label: `${texts.discount}: ${title}`,
      amount: `−${money(amount.amount)}`,
    })),
    { label: `${texts.shipping}: ${order.shippingOption.name}`, amount: money(order.shippingCents) },
    ...(order.taxIncluded ? [] : [{ label: texts.tax, amount: money(order.taxCents) }]),
    {
      label: texts.total,
      amount: money(order.totalCents),
      ...(order.taxIncluded ? { note: fill(texts.taxIncluded, { tax: money(order.taxCents) }) } : {}),
    },
  ];
}

function deliveryOf({ locale, shippingOption: { estimatedDelivery } }: Order): { from: string; to: string } {
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return { from: day.format(new Date(estimatedDelivery.from)), to: day.format(new Date(estimatedDelivery.to)) };
}
