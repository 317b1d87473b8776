import { randomUUIDv7 } from "node:crypto";
import type { VariantDetails } from "@tradepost/contracts/product";
import type { Order } from "../src/domain/order.ts";
import { priceLine } from "../src/domain/quote.ts";

const image = { url: "/a-1200.webp", thumbnailUrl: "/a-480.webp", alt: "", width: 1200, height: 1200 };

export const address = {
  name: "Ada Lovelace",
  line1: "Torstraße 1",
  city: "Berlin",
  postalCode: "10119",
  country: "DE",
} as const;

export const variant = (sku: string, cents: number, available = 10): VariantDetails => ({
  ...{ sku, productId: randomUUIDv7(), slug: "stoneware-mug", name: "Stoneware mug", optionsText: "Blue", image },
  ...{ unitPrice: { amount: cents, currency: "EUR" }, available, weightGrams: 400 },
});

/** An order of two mugs for 42.90 EUR. */
export const order = (more: Partial<Order> = {}): Order => ({
  ...{ id: randomUUIDv7(), number: "7K2M-X9QD", status: "placing", userId: null, cartId: randomUUIDv7() },
  ...{ email: "ada@example.com", locale: "en", currency: "EUR", shippingAddress: address, billingAddress: address },
  ...{ lines: [priceLine(variant("MUG-BLUE", 1900), 2)], discounts: [] },
  shippingOption: {
    ...{ id: "standard", name: "Standard delivery", price: { amount: 490, currency: "EUR" } },
    estimatedDelivery: { from: "2026-11-26", to: "2026-11-27" },
  },
  ...{
    subtotalCents: 3800,
    shippingCents: 490,
    taxCents: 685,
    taxIncluded: true,
    totalCents: 4290,
    capturedCents: 0,
    smsUpdates: false,
  },
  ...{ placedAt: new Date("2026-11-24T12:00:00Z"), payBy: new Date("2026-11-24T12:15:00Z") },
  ...{ cancelReason: null, shortages: null },
  ...more,
});
