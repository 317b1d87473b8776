import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soldLines } from "../../src/domain/reservation.ts";
import type { Collections } from "../../src/storage/mongo.ts";
import { sweepHolds } from "../../src/use-cases/sweep-holds.ts";
import { Crash, type CrashPoint, crashingStock } from "../crashing-stock.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { line, newOrder, putStock, refusalOf, stockOf, until } from "../stock-harness.ts";

const ORDERS = 5;
const SKUS = 3;
const INITIAL = 4;

interface Step {
  what: "hold" | "sell" | "release";
  order: number;
  crash: CrashPoint | undefined;
}

const step = fc.record<Step>({
  what: fc.constantFrom("hold", "hold", "hold", "sell", "release"),
  order: fc.nat(ORDERS - 1),
  crash: fc.option(fc.record({ call: fc.nat(4), isAfterWrite: fc.boolean() }), { nil: undefined, freq: 3 }),
});
const linesOfOrders = fc.array(
  fc.uniqueArray(fc.record({ sku: fc.nat(SKUS - 1), quantity: fc.integer({ min: 1, max: 3 }) }), {
    selector: ({ sku }) => sku,
    minLength: 1,
    maxLength: SKUS,
  }),
  { minLength: ORDERS, maxLength: ORDERS },
);
/** Steps of one round run at the same time. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

describe.each(await mongoServers())("any interleaving of holds, sales, releases and crashes on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let collections: Collections;
  let runs = 0;
  beforeAll(async () => {
    database = await openDatabase(url);
    collections = database.collections;
  });
  afterAll(() => database.drop());

  const expectSound = async (skus: string[]) => {
    for (const { onHand, available, holds } of await collections.stock.find({ sku: { $in: skus } }).toArray()) {
      expect(available).toBeGreaterThanOrEqual(0);
      expect(onHand).toBe(available + holds.reduce((sum, { quantity }) => sum + quantity, 0));
    }
  };

  it("keeps units whole, and in the end each is on the shelf or sold", { timeout: 400_000 }, async () => {
    const property = fc.asyncProperty(linesOfOrders, rounds, async (shapes, plan) => {
      const run = ++runs;
      const skus = Array.from({ length: SKUS }, (_, i) => `RUN-${run}-${i}`);
      for (const sku of skus) await putStock(collections, sku, INITIAL);
      const orders = shapes.map((shape) => ({
        id: newOrder(),
        lines: shape.map(({ sku, quantity }) => line(skus[sku]!, quantity)),
      }));
      const perform = async ({ what, order, crash }: Step) => {
        const { id, lines } = orders[order]!;
        const shop = stockOf(collections, (stock) => crashingStock(stock, crash));
        if (what === "hold") await refusalOf(shop.hold(id, lines, until(-1)));
        else await shop[what](id, lines);
      };
      const undelivered: Step[] = [];
      for (const round of plan) {
        const outcomes = await Promise.allSettled(round.map(perform));
        for (const [i, outcome] of outcomes.entries()) {
          if (outcome.status === "fulfilled") continue;
          if (!(outcome.reason instanceof Crash)) throw outcome.reason;
          if (round[i]!.what !== "hold") undelivered.push({ ...round[i]!, crash: undefined });
        }
        await expectSound(skus);
      }
      for (const again of undelivered) await perform(again);

      const shop = stockOf(collections);
      await sweepHolds({
        ...shop,
        releaseHold: shop.release,
        askOrderStanding: async () => "over",
        graceMs: 0,
        unknownOrderGraceMs: 0,
        keepMovementsMs: 0,
        onFailure: () => {},
        now: () => Date.now() + 1_000,
      })();
      await expectSound(skus);

      const sold = new Map<string, number>();
      for (const { id } of orders) {
        const reservation = await shop.reservations.find(id);
        if (reservation?.state !== "sold") continue;
        for (const { sku, quantity } of soldLines(reservation)) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
      }
      for (const { sku, onHand, available, holds } of await collections.stock.find({ sku: { $in: skus } }).toArray()) {
        expect(holds).toEqual([]);
        expect(onHand).toBe(available);
        expect(onHand).toBe(INITIAL - (sold.get(sku) ?? 0));
      }
      const wanted = plan.flat();
      for (const [i, { id }] of orders.entries()) {
        const asked = wanted.filter(({ order }) => order === i).map(({ what }) => what);
        const state = (await shop.reservations.find(id))?.state;
        if (asked.includes("release")) expect(["released", "returned"]).toContain(state);
        else if (asked.includes("sell")) expect(state).toBe("sold");
      }
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
