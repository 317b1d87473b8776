import { COUNTRIES } from "@tradepost/contracts/address";
import { Currency } from "@tradepost/contracts/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Promotion } from "../../src/domain/promotion.ts";
import { buildQuote, priceLine } from "../../src/domain/quote.ts";
import { addWorkingDays } from "../../src/domain/shipping.ts";
import { roundHalfUp, taxOn } from "../../src/domain/tax.ts";
import { variant } from "../order-fixtures.ts";

const today = new Date("2026-11-24T12:00:00Z"); // a Tuesday
const line = (cents: number, quantity: number, currency: Currency = "EUR") =>
  priceLine({ ...variant("MUG-BLUE", cents), unitPrice: { amount: cents, currency } }, quantity);
const quote = (more: Partial<Parameters<typeof buildQuote>[0]> = {}) =>
  buildQuote({
    ...{ lines: [line(1900, 2)], promotions: [], country: "DE", currency: "EUR", locale: "en", today },
    ...more,
  });
const tenPercent: Promotion = {
  ...{
    code: "WELCOME10",
    title: { en: "10 % off", de: "10 % Rabatt" },
    percentBps: 1000,
    amountOff: null,
    minimum: {},
  },
};

describe("a quote", () => {
  it("adds up what a shopper sees", () => {
    expect(quote()).toMatchObject({
      subtotal: { amount: 3800 },
      shippingOptionId: "standard",
      shipping: { amount: 490 },
      tax: { amount: 685 },
      taxIncluded: true,
      total: { amount: 4290 },
      freeShipping: { from: { amount: 6000 }, remaining: { amount: 2200 } },
    });
  });

  it("makes standard delivery free by the value after discounts", () => {
    expect(quote({ lines: [line(6000, 1)] }).shipping.amount).toBe(0);
    expect(quote({ lines: [line(6000, 1)], promotions: [tenPercent] }).shipping.amount).toBe(490);
    expect(quote({ lines: [line(6000, 1)], shippingOptionId: "express" }).shipping.amount).toBe(990);
  });

  it("does not tax exports", () => {
    expect(quote({ country: "US" })).toMatchObject({ tax: { amount: 0 }, taxIncluded: false, total: { amount: 6290 } });
  });

  it("refuses a delivery that is not offered", () => {
    expect(() => quote({ shippingOptionId: "drone" })).toThrow(
      expect.objectContaining({ code: "shipping.unavailable" }),
    );
  });

  it("ignores a promotion below its minimum or without an amount in the currency", () => {
    const fiveOff = { ...tenPercent, percentBps: null, amountOff: { EUR: 500 }, minimum: { EUR: 4000 } };
    expect(quote({ promotions: [fiveOff] }).discounts).toEqual([]);
    expect(quote({ lines: [line(4000, 1)], promotions: [fiveOff] }).discounts[0]?.amount.amount).toBe(500);
    expect(quote({ lines: [line(4000, 1, "USD")], currency: "USD", promotions: [fiveOff] }).discounts).toEqual([]);
  });

  it("never owes the shopper money, and always adds up", () => {
    const promotion = fc.record({
      ...{ code: fc.constant("X"), title: fc.constant({ en: "x", de: "x" }), minimum: fc.constant({}) },
      percentBps: fc.integer({ min: 1, max: 10_000 }),
      amountOff: fc.constant(null),
    });
    const input = fc.record({
      lines: fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 99 })), {
        minLength: 1,
        maxLength: 100,
      }),
      promotions: fc.array(promotion, { maxLength: 5 }),
      country: fc.constantFrom(...COUNTRIES),
      currency: fc.constantFrom(...Currency.options),
    });
    fc.assert(
      fc.property(input, ({ lines, ...rest }) => {
        const made = quote({ ...rest, lines: lines.map(([cents, n]) => line(cents, n, rest.currency)) });
        const subtotal = lines.reduce((sum, [cents, n]) => sum + cents * n, 0);
        const discount = made.discounts.reduce((sum, { amount }) => sum + amount.amount, 0);
        expect(made.subtotal.amount).toBe(subtotal);
        expect(discount).toBeLessThanOrEqual(subtotal);
        const gross = subtotal - discount + made.shipping.amount;
        expect(made.total.amount).toBe(made.taxIncluded ? gross : gross + made.tax.amount);
        for (const money of [made.subtotal, made.tax, made.shipping, made.total]) {
          expect(Number.isSafeInteger(money.amount)).toBe(true);
          expect(money.amount).toBeGreaterThanOrEqual(0);
          expect(money.currency).toBe(rest.currency);
        }
      }),
    );
  });
});

describe("contained tax", () => {
  it.each([
    [11900, "DE", 1900],
    [100, "DE", 16],
    [12550, "FI", 2550],
    [0, "DE", 0],
  ] as const)("of %i in %s is %i", (gross, country, tax) => {
    expect(taxOn(gross, country).taxCents).toBe(tax);
  });

  it("is the gross less the net, to the nearest cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (gross) => {
        const { taxCents } = taxOn(gross, "DE");
        const net = gross - taxCents;
        expect(Math.abs(net * 0.19 - taxCents)).toBeLessThanOrEqual(0.6 + gross * 1e-12);
      }),
    );
  });
});

it("rounds halves up", () => {
  expect([roundHalfUp(1n, 2n), roundHalfUp(3n, 2n), roundHalfUp(5n, 4n), roundHalfUp(7n, 4n)]).toEqual([1, 2, 1, 2]);
});

it("counts working days over weekends", () => {
  expect(addWorkingDays(today, 2)).toBe("2026-11-26");
  expect(addWorkingDays(today, 4)).toBe("2026-11-30");
  expect(addWorkingDays(new Date("2026-11-28T23:59:59Z"), 1)).toBe("2026-11-30");
});
