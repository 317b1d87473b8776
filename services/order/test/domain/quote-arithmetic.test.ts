import { COUNTRIES, type Country } from "@tradepost/contracts/address";
import { Currency, Money } from "@tradepost/contracts/money";
import { Quote } from "@tradepost/contracts/order";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Promotion } from "../../src/domain/promotion.ts";
import { buildQuote, priceLine, type QuoteInput } from "../../src/domain/quote.ts";
import { roundHalfUp, taxOn } from "../../src/domain/tax.ts";
import { variant } from "../order-fixtures.ts";

const today = new Date("2026-11-24T12:00:00Z");
const OVERSEAS: readonly Country[] = ["US", "CA", "AU", "NZ", "JP"];
/** What standard delivery costs, and from which value of goods on it is free, as the price list says. */
const STANDARD = {
  EUR: { home: 490, europe: 990, world: 2490, freeFrom: 6000 },
  USD: { home: 540, europe: 1090, world: 2740, freeFrom: 6600 },
  GBP: { home: 440, europe: 890, world: 2240, freeFrom: 5400 },
} as const;
const zoneOf = (country: Country) => (country === "DE" ? "home" : OVERSEAS.includes(country) ? "world" : "europe");

interface Item {
  cents: number;
  quantity: number;
}
interface Sale extends Pick<QuoteInput, "promotions" | "country" | "currency"> {
  items: Item[];
  shippingOptionId: "standard" | "express";
}

const items = fc.array(
  fc.record<Item>({ cents: fc.integer({ min: 1, max: 10_000_000 }), quantity: fc.integer({ min: 1, max: 999 }) }),
  { minLength: 1, maxLength: 100 },
);
/** Around the free-delivery threshold, where most can go wrong. */
const smallItems = fc.array(
  fc.record<Item>({ cents: fc.integer({ min: 1, max: 4_000 }), quantity: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 4 },
);
const perCurrency = (max: number) =>
  fc.record({ EUR: fc.nat(max), USD: fc.nat(max), GBP: fc.nat(max) }, { requiredKeys: [] });
const percentage = fc.record<Promotion>({
  code: fc.constant("PERCENT"),
  title: fc.constant({ en: "x", de: "x" }),
  percentBps: fc.integer({ min: 1, max: 10_000 }),
  amountOff: fc.constant(null),
  minimum: perCurrency(10_000),
});
const amountOff = fc.record<Promotion>({
  code: fc.constant("AMOUNT"),
  title: fc.constant({ en: "x", de: "x" }),
  percentBps: fc.constant(null),
  amountOff: perCurrency(20_000),
  minimum: perCurrency(10_000),
});
const promotions = fc.array(fc.oneof(percentage, amountOff), { maxLength: 5 });
const sale = fc.record<Sale>({
  items: fc.oneof(items, smallItems),
  promotions,
  country: fc.constantFrom(...COUNTRIES),
  currency: fc.constantFrom(...Currency.options),
  shippingOptionId: fc.constantFrom("standard", "express"),
});

const quote = ({ items: wanted, ...rest }: Sale) =>
  buildQuote({
    ...rest,
    ...{ locale: "en", today },
    lines: wanted.map(({ cents, quantity }, i) =>
      priceLine({ ...variant(`SKU-${i}`, cents), unitPrice: { amount: cents, currency: rest.currency } }, quantity),
    ),
  });
const sum = (amounts: readonly number[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

/** Whether `rounded` is `numerator / denominator` rounded half up: it lies in (x − ½, x + ½]. Nothing is divided. */
const isHalfUp = (rounded: number, numerator: bigint, denominator: bigint): boolean => {
  const twice = 2n * BigInt(rounded) * denominator;
  return 2n * numerator - denominator < twice && twice <= 2n * numerator + denominator;
};

describe("the arithmetic of a quote", () => {
  it("adds up: total = subtotal − discounts + delivery, and tax on top where it is not contained", () => {
    fc.assert(
      fc.property(sale, (sold) => {
        const made = quote(sold);
        const subtotal = sold.items.reduce(
          (total, { cents, quantity }) => total + BigInt(cents) * BigInt(quantity),
          0n,
        );
        const discounts = sum(made.discounts.map(({ amount }) => amount.amount));
        expect(BigInt(made.subtotal.amount)).toBe(subtotal);
        expect(sum(made.lines.map(({ lineTotal }) => lineTotal.amount))).toBe(subtotal);
        expect(discounts <= subtotal).toBe(true);
        const gross = subtotal - discounts + BigInt(made.shipping.amount);
        expect(BigInt(made.total.amount)).toBe(made.taxIncluded ? gross : gross + BigInt(made.tax.amount));
      }),
    );
  });

  it("speaks in whole, safe, never negative amounts of one currency", () => {
    fc.assert(
      fc.property(sale, (sold) => {
        const made = Quote.parse(quote(sold));
        const monies = [
          ...[made.subtotal, made.shipping, made.tax, made.total],
          ...made.lines.flatMap(({ unitPrice, lineTotal }) => [unitPrice, lineTotal]),
          ...made.discounts.map(({ amount }) => amount),
          ...made.shippingOptions.map(({ price }) => price),
          ...(made.freeShipping ? [made.freeShipping.from, made.freeShipping.remaining] : []),
        ];
        for (const { amount, currency } of monies) {
          expect(Number.isSafeInteger(amount) && amount >= 0 && !Object.is(amount, -0)).toBe(true);
          expect(currency).toBe(sold.currency);
        }
      }),
    );
  });

  it("takes off what the promotions that apply are worth, and at most everything", () => {
    fc.assert(
      fc.property(sale, (sold) => {
        const made = quote(sold);
        const subtotal = BigInt(made.subtotal.amount);
        const applying = sold.promotions.filter(({ minimum }) => subtotal >= BigInt(minimum[sold.currency] ?? 0));
        const worth = applying.reduce((total, { percentBps, amountOff: off }) => {
          if (percentBps === null) return total + BigInt(off?.[sold.currency] ?? 0);
          const share = subtotal * BigInt(percentBps);
          return total + share / 10_000n + (share % 10_000n >= 5_000n ? 1n : 0n);
        }, 0n);
        expect(sum(made.discounts.map(({ amount }) => amount.amount))).toBe(worth < subtotal ? worth : subtotal);
        for (const { amount } of made.discounts) expect(amount.amount).toBeGreaterThan(0);
      }),
    );
  });

  it("does not depend on the order of lines or promotions, nor on how a quantity is spread over lines", () => {
    const shuffled = sale.chain((sold) =>
      fc.record({
        sold: fc.constant(sold),
        items: fc.shuffledSubarray(sold.items, { minLength: sold.items.length }),
        promotions: fc.shuffledSubarray([...sold.promotions], { minLength: sold.promotions.length }),
      }),
    );
    const amounts = (made: Quote) => [made.subtotal, made.shipping, made.tax, made.total, made.freeShipping];
    fc.assert(
      fc.property(shuffled, ({ sold, ...order }) => {
        const spread = sold.items.flatMap(({ cents, quantity }) =>
          quantity === 1
            ? [{ cents, quantity }]
            : [
                { cents, quantity: 1 },
                { cents, quantity: quantity - 1 },
              ],
        );
        expect(amounts(quote({ ...sold, ...order }))).toEqual(amounts(quote(sold)));
        expect(amounts(quote({ ...sold, items: spread }))).toEqual(amounts(quote(sold)));
      }),
    );
  });

  it("never gets cheaper by more units, where delivery does not become free nor a promotion begin to apply", () => {
    const more = fc.record({ sold: sale, at: fc.nat(99), extra: fc.integer({ min: 1, max: 50 }), off: fc.nat(10_000) });
    fc.assert(
      fc.property(more, ({ sold, at, extra, off }) => {
        const always = { code: "P", title: { en: "x", de: "x" }, percentBps: off, amountOff: null, minimum: {} };
        const plain: Sale = { ...sold, shippingOptionId: "express", promotions: [always] };
        const bigger = plain.items.map((item, i) =>
          i === at % plain.items.length ? { ...item, quantity: item.quantity + extra } : item,
        );
        const [before, after] = [quote(plain), quote({ ...plain, items: bigger })];
        expect(after.subtotal.amount).toBeGreaterThan(before.subtotal.amount);
        expect(after.total.amount).toBeGreaterThanOrEqual(before.total.amount);
        expect(after.tax.amount).toBeGreaterThanOrEqual(before.tax.amount);
      }),
    );
  });

  it("makes standard delivery free exactly from the threshold on, by the value after discounts", () => {
    const nearThreshold = fc.record({ sold: sale, by: fc.integer({ min: -3, max: 3 }), off: fc.nat(500) });
    fc.assert(
      fc.property(nearThreshold, ({ sold, by, off }) => {
        const tariff = STANDARD[sold.currency];
        const zone = zoneOf(sold.country);
        const take = { code: "A", title: { en: "x", de: "x" }, percentBps: null, minimum: {} };
        const made = quote({
          ...sold,
          shippingOptionId: "standard",
          items: [{ cents: tariff.freeFrom + off + by, quantity: 1 }],
          promotions: off > 0 ? [{ ...take, amountOff: { [sold.currency]: off } }] : [],
        });
        if (zone === "world") {
          expect(made.shipping.amount).toBe(tariff.world);
          expect(made.freeShipping).toBeNull();
        } else {
          expect(made.shipping.amount).toBe(by >= 0 ? 0 : tariff[zone]);
          expect(made.freeShipping?.from.amount).toBe(tariff.freeFrom);
          expect(made.freeShipping?.remaining.amount).toBe(by >= 0 ? 0 : -by);
        }
      }),
    );
  });
});

describe("tax", () => {
  const gross = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 2 ** 48 }));
  const rates = [
    ["DE", 1900n],
    ["FI", 2550n],
    ["CH", 810n],
    ["HU", 2700n],
  ] as const;

  it.each(rates)("contained at the rate of %s is the gross times rate / (1 + rate), half up", (country, bps) => {
    fc.assert(
      fc.property(gross, (cents) => {
        expect(isHalfUp(taxOn(cents, country).taxCents, BigInt(cents) * bps, 10_000n + bps)).toBe(true);
      }),
    );
  });

  it("leaves a net amount, so that net and tax are the gross; more gross never means less of either", () => {
    fc.assert(
      fc.property(gross, fc.constantFrom(...COUNTRIES), (cents, country) => {
        const [less, more] = [taxOn(cents, country), taxOn(cents + 1, country)];
        expect(less.taxCents).toBeGreaterThanOrEqual(0);
        expect(less.taxCents).toBeLessThanOrEqual(cents);
        expect(more.taxCents - less.taxCents === 0 || more.taxCents - less.taxCents === 1).toBe(true);
      }),
    );
  });

  it("of parts is the tax of the whole to a cent for each part", () => {
    const parts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parts, fc.constantFrom(...COUNTRIES), (cents, country) => {
        const whole = taxOn(Number(sum(cents)), country).taxCents;
        const apart = cents.reduce((total, part) => total + taxOn(part, country).taxCents, 0);
        expect(Math.abs(whole - apart)).toBeLessThanOrEqual(Math.ceil((cents.length + 1) / 2));
      }),
    );
  });

  it("rounds any fraction half up", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 60n }), fc.bigInt({ min: 1n, max: 1n << 20n }), (over, under) => {
        fc.pre(over / under < 1n << 52n);
        expect(isHalfUp(roundHalfUp(over, under), over, under)).toBe(true);
      }),
    );
  });
});

describe("Money", () => {
  it("is a whole, safe, never negative number of cents, and nothing else", () => {
    const anything = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.bigInt(), fc.string(), fc.anything());
    fc.assert(
      fc.property(anything, fc.constantFrom(...Currency.options), (amount, currency) => {
        const isCents = Number.isSafeInteger(amount) && (amount as number) >= 0;
        expect(Money.safeParse({ amount, currency }).success).toBe(isCents);
      }),
      { numRuns: 1_000 },
    );
  });
});
