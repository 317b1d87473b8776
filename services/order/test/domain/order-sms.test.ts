import { LOCALES } from "@tradepost/contracts/market";
import { describe, expect, it } from "vitest";
import { orderSms, type SmsTemplate } from "../../src/sms/order-sms.ts";
import { order } from "../order-fixtures.ts";

const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
const templates: SmsTemplate[] = [
  { template: "order-confirmed" },
  { template: "order-shipped", carrier: "fedex" },
  { template: "order-shipped", carrier: "other" },
  { template: "order-cancelled" },
  { template: "order-refunded" },
];

describe.each(LOCALES)("a text message in %s", (locale) => {
  it.each(templates)("$template fits one message and names nothing but the order", (sms) => {
    const placed = order({ locale });
    const text = orderSms(placed, sms, "K7Q2M9XD");
    expect(text).toMatch(GSM_7);
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toContain("7K2M-X9QD");
    expect(text).toMatch(/ Ref\. K7Q2M9XD$/);
    expect(text).not.toMatch(/\{|\bnull\b|undefined/);
    const { name, city } = placed.shippingAddress;
    for (const personal of [placed.email, name, "Ada", city, placed.id]) expect(text).not.toContain(personal);
  });

  it("says something else each time, and names a carrier that it knows", () => {
    const texts = templates.map((sms) => orderSms(order({ locale }), sms, "K7Q2M9XD"));
    expect(new Set(texts).size).toBe(templates.length);
    expect(texts[1]).toContain("FedEx");
  });
});
