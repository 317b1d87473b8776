import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Currency, Money, minorDigits } from "../src/money.ts";

const accepts = (amount: unknown, currency: unknown = "EUR") => Money.safeParse({ amount, currency }).success;

describe("money", () => {
  it.each([0, 1, 499_00, 2 ** 31, Number.MAX_SAFE_INTEGER])("may be %d cents", (amount) => {
    for (const currency of Currency.options) expect(Money.parse({ amount, currency })).toEqual({ amount, currency });
  });

  it.each([0.5, 19.99, Number.EPSILON, 1e-7, 2 ** 52 - 0.5])("is refused with a fraction: %d", (amount) => {
    expect(accepts(amount)).toBe(false);
  });

  it.each([-1, -0.01, Number.MIN_SAFE_INTEGER, Number.NEGATIVE_INFINITY])("is never negative: %d", (amount) => {
    expect(accepts(amount)).toBe(false);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 53 + 2, 1e21, Number.MAX_VALUE])(
    "is refused where arithmetic on it would not be exact: %d",
    (amount) => {
      expect(accepts(amount)).toBe(false);
    },
  );

  it.each(["1", "", null, undefined, true, 1n, [1], { amount: 1 }, new Number(1), new Date(0)])(
    "is refused as anything but a number: %s",
    (amount) => {
      expect(accepts(amount)).toBe(false);
    },
  );

  it("is refused without a currency that the shop sells in", () => {
    for (const currency of ["JPY", "eur", "", null, undefined]) expect(accepts(1, currency ?? null)).toBe(false);
  });

  it("says the same in the published schema", () => {
    expect(z.toJSONSchema(Money).properties?.amount).toMatchObject({
      type: "integer",
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    });
  });

  it("has two digits below the major unit in each currency, as hundredths are what amounts count", () => {
    for (const currency of Currency.options) expect(minorDigits(currency)).toBe(2);
  });
});
