import { describe, expect, it } from "vitest";
import { catalogue } from "../src/catalogue.ts";
import { priceLadder, pricePoint } from "../src/prices.ts";
import { DemoPromotion, promotions } from "../src/promotions.ts";
import { shelves } from "../src/shelves.ts";

const { products } = catalogue;
const variants = products.flatMap((product) => product.variants);
const entries = shelves.flatMap((shelf) => shelf.products);

describe("prices", () => {
  it.each([
    [1000, 990],
    [1030, 1040],
    [50, 190],
    [1590, 1590],
    [2543, 2590],
    [9945, 9990],
    [12_910, 12_900],
    [13_674, 13_900],
  ])("puts %i on the price point %i", (amount, expected) => {
    expect(pricePoint(amount)).toBe(expected);
  });

  it("leaves a price in euro as its author wrote it", () => {
    expect(priceLadder(1235, 1500).EUR).toEqual({ amount: 1235, compareAt: 1500 });
  });

  it("lie between 5 and 600 and near each other in every currency", () => {
    for (const { sku, prices } of variants) {
      const { EUR, USD, GBP } = prices;
      expect(EUR.amount, sku).toBeGreaterThanOrEqual(500);
      expect(EUR.amount, sku).toBeLessThanOrEqual(60_000);
      expect(USD.amount / EUR.amount, sku).toBeGreaterThan(0.98);
      expect(USD.amount / EUR.amount, sku).toBeLessThan(1.15);
      expect(GBP.amount / EUR.amount, sku).toBeGreaterThan(0.79);
      expect(GBP.amount / EUR.amount, sku).toBeLessThan(0.94);
    }
  });

  it("end in 90 or 40 cents below 100 and in whole euros above", () => {
    const odd = variants.filter(({ prices: { EUR } }) => {
      const cents = EUR.amount % 100;
      return EUR.amount < 10_000 ? cents !== 90 && cents !== 40 : cents !== 0;
    });
    expect(odd.map(({ sku, prices }) => [sku, prices.EUR.amount])).toEqual([]);
  });

  it("of a sale are lower than before, by less than half, in every currency", () => {
    const sold = variants.flatMap(({ sku, prices }) => Object.values(prices).map((price) => ({ sku, ...price })));
    const sales = sold.filter(({ compareAt }) => compareAt !== undefined);
    expect(sales.length).toBeGreaterThan(0);
    for (const { sku, amount, compareAt = 0 } of sales) {
      expect(amount, sku).toBeLessThan(compareAt);
      expect(amount, sku).toBeGreaterThan(compareAt / 2);
    }
    expect(products.filter(({ variants: [first] }) => first?.prices.EUR.compareAt).length).toBeLessThan(40);
  });
});

describe("stock", () => {
  it("has products that are sold out, variants that are, and some that nearly are", () => {
    const soldOut = products.filter((product) => product.variants.every(({ stock }) => stock === 0));
    expect(soldOut.length).toBeGreaterThanOrEqual(2);
    expect(soldOut.length).toBeLessThan(products.length / 20);
    expect(variants.filter(({ stock }) => stock === 0).length).toBeGreaterThan(20);
    expect(variants.filter(({ stock }) => stock >= 1 && stock <= 3).length).toBeGreaterThan(10);
  });

  it("is overridden only for variants that exist", () => {
    for (const { slug, stock = {}, colours, axis } of entries) {
      const values = Object.keys(axis?.values ?? {});
      const known = ["all", ...colours, ...values, ...colours.flatMap((c) => values.map((value) => `${c}/${value}`))];
      expect(known, slug).toEqual(expect.arrayContaining(Object.keys(stock)));
    }
  });
});

describe("ratings", () => {
  it("range from mixed to excellent, with few at the ends", () => {
    const averages = products.map(({ rating }) => rating.average);
    expect(Math.min(...averages)).toBe(3.6);
    expect(Math.max(...averages)).toBe(4.9);
    expect(averages.filter((average) => average < 4).length).toBeGreaterThanOrEqual(4);
    expect(products.every(({ rating }) => rating.count > 0)).toBe(true);
  });
});

describe("promotions", () => {
  it("are valid and have a code of their own", () => {
    for (const promotion of promotions) expect(DemoPromotion.safeParse(promotion).error).toBeUndefined();
    expect(new Set(promotions.map(({ code }) => code)).size).toBe(promotions.length);
  });

  it("never take off more than the minimum they ask for", () => {
    const fixed = promotions.filter(({ amountOff }) => amountOff !== null);
    expect(fixed.length).toBeGreaterThan(0);
    for (const { amountOff, minimum } of fixed) {
      for (const currency of ["EUR", "USD", "GBP"] as const) {
        expect(amountOff?.[currency] ?? Number.NaN).toBeLessThan(minimum[currency] ?? 0);
      }
    }
  });

  it("are refused when they are both a percentage and an amount, or neither", () => {
    const [percentage] = promotions;
    expect(DemoPromotion.safeParse({ ...percentage, percentBps: null }).success).toBe(false);
    expect(DemoPromotion.safeParse({ ...percentage, amountOff: { EUR: 1, USD: 1, GBP: 1 } }).success).toBe(false);
  });
});
