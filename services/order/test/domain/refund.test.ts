import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goingBackCents, type RefundFate, undeliveredRefunds } from "../../src/domain/refund.ts";

const day = (n: number) => new Date(Date.UTC(2026, 10, n));
/** A refund that was asked for on one day of November and, maybe, came back from the bank on another. */
const refund = (amountCents: number, asked: number, failed?: number, wasTaken = true): RefundFate => ({
  ...{ amountCents, requestedAt: day(asked), failedAt: failed === undefined ? null : day(failed), wasTaken },
});

describe("what a shopper waits for in vain", () => {
  it.each<[string, RefundFate[], [number, number][]]>([
    ["is nothing where all went well", [refund(1000, 1), refund(500, 2)], []],
    ["is what came back from the bank", [refund(1000, 1, 3), refund(500, 2)], [[1000, 3]]],
    ["is asked for again only after it came back", [refund(1000, 1, 3), refund(1000, 2)], [[1000, 3]]],
    ["is nothing once it was asked for again", [refund(1000, 1, 3), refund(1000, 4)], []],
    ["is owed once, though it failed twice", [refund(1000, 1, 3), refund(1000, 4, 6)], [[1000, 6]]],
    ["is the rest where a part was asked for again", [refund(1000, 1, 3), refund(400, 4)], [[600, 3]]],
    ["is the latest where several came back", [refund(1000, 1, 3), refund(500, 1, 4), refund(1200, 5)], [[300, 4]]],
    ["is not what the provider refused at once", [refund(1000, 1, 1, false)], []],
    ["stays what it is when the next attempt is refused", [refund(1000, 1, 3), refund(1000, 4, 4, false)], [[1000, 3]]],
    ["is never more than is left of the payment", [refund(3000, 1, 3), refund(2000, 2)], [[2290, 3]]],
  ])("%s", (_, refunds, owed) => {
    expect(undeliveredRefunds(4290, refunds)).toEqual(
      owed.map(([amountCents, on]) => ({ amountCents, failedAt: day(on) })),
    );
  });

  it("is never more than has failed, nor than is left, and leaves the refunds as they are", () => {
    const fate = fc.record({
      amountCents: fc.integer({ min: 1, max: 5000 }),
      requestedAt: fc.integer({ min: 1, max: 10 }).map(day),
      failedAt: fc.option(fc.integer({ min: 11, max: 20 }).map(day)),
      wasTaken: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 6 }), fc.nat(10_000), (refunds, capturedCents) => {
        const before = structuredClone(refunds);
        const owed = undeliveredRefunds(capturedCents, refunds);
        const owedCents = owed.reduce((sum, { amountCents }) => sum + amountCents, 0);
        const failedCents = refunds.reduce((sum, each) => sum + (each.failedAt ? each.amountCents : 0), 0);
        expect(owedCents).toBeLessThanOrEqual(failedCents);
        expect(owedCents).toBeLessThanOrEqual(Math.max(0, capturedCents - goingBackCents(refunds)));
        expect(owed.every(({ amountCents }) => amountCents > 0)).toBe(true);
        expect(refunds).toEqual(before);
      }),
    );
  });
});
