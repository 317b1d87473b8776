import { describe, expect, it } from "vitest";
import { orderMail } from "../../src/mail/order-mail.ts";
import { order } from "../order-fixtures.ts";

const url = "https://shop.example/orders/1";

describe("an order's mail", () => {
  it("confirms in the order's language, as text and as HTML", () => {
    const mail = orderMail(order({ locale: "de" }), { template: "order-confirmed" }, url);
    expect(mail.subject).toBe("Ihre Bestellung 7K2M-X9QD ist bestätigt");
    for (const body of [mail.text, mail.html])
      for (const part of ["2 × Stoneware mug", "42,90\u00a0€", "10119 Berlin", "26. November", url])
        expect(body).toContain(part);
  });

  it("tells why an order was cancelled, and how much comes back", () => {
    const cancelled = order({ status: "cancelled", cancelReason: "payment_deadline" });
    expect(orderMail(cancelled, { template: "order-cancelled" }, url).text).toContain("Nothing was charged");
    const refunded = orderMail(cancelled, { template: "order-refunded", refundCents: 4290 }, url);
    expect(refunded.subject).toBe("We have refunded €42.90 for your order 7K2M-X9QD");
  });

  it("leads to the parcel where there is a page, and to nothing else where there is none", () => {
    const shipment = { carrier: "ups" as const, trackingNumber: "1Z<9>", trackingUrl: "https://ups.example/?n=1&m=2" };
    const mail = orderMail(order({ status: "shipped" }), { template: "order-shipped", shipment }, url);
    expect(mail.subject).toBe("Your order 7K2M-X9QD is on its way");
    expect(mail.text).toContain(
      "Carrier: UPS\nTracking number: 1Z<9>\nFollow your parcel: https://ups.example/?n=1&m=2\n",
    );
    expect(mail.html).toContain("<strong>1Z&lt;9&gt;</strong>");
    expect(mail.html).toContain('href="https://ups.example/?n=1&amp;m=2"');
    const bare = { ...shipment, carrier: "other" as const, trackingUrl: null };
    const unnamed = orderMail(order({ locale: "de" }), { template: "order-shipped", shipment: bare }, url);
    expect(unnamed.text).toContain("Sendungsnummer: 1Z<9>");
    for (const absent of ["Versand durch", "Sendung verfolgen"]) expect(unnamed.text).not.toContain(absent);
  });

  it("escapes what a shopper typed", () => {
    const shippingAddress = { ...order().shippingAddress, name: `<img src=x onerror="alert(1)">` };
    const { html } = orderMail(order({ shippingAddress }), { template: "order-confirmed" }, url);
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x");
  });
});
