import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collections } from "../../src/storage/mongo.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { levelOf, line, newOrder, putStock, refusalOf, stockOf, until } from "../stock-harness.ts";

describe.each(await mongoServers())("stock on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let collections: Collections;
  let shop: ReturnType<typeof stockOf>;
  let skus = 0;
  const newSku = async (onHand: number, location?: string) => {
    const sku = `SKU-${++skus}`;
    await putStock(collections, sku, onHand, location);
    return sku;
  };
  beforeAll(async () => {
    database = await openDatabase(url);
    collections = database.collections;
    shop = stockOf(collections);
  });
  afterAll(() => database.drop());

  it("holds all lines, and holding again changes nothing", async () => {
    const [a, b] = [await newSku(5), await newSku(3)];
    const order = newOrder();
    const end = until();
    const lines = [line(b, 3), line(a, 2)];
    expect(await shop.hold(order, lines, end)).toEqual({ orderId: order, until: end.toISOString() });
    expect(await shop.hold(order, lines, until(1))).toEqual({ orderId: order, until: end.toISOString() });
    expect(await levelOf(collections, a)).toEqual({ onHand: 5, available: 3, held: 2 });
    expect(await levelOf(collections, b)).toEqual({ onHand: 3, available: 0, held: 3 });
  });

  it("refuses an order that is short, names every short line and holds none", async () => {
    const [a, b, c] = [await newSku(5), await newSku(1), await newSku(0)];
    const order = newOrder();
    const lines = [line(a, 2), line(b, 2), line(c), line("SKU-UNKNOWN")];
    const refusal = {
      code: "stock.insufficient",
      lines: expect.arrayContaining([
        { sku: b, requested: 2, available: 1 },
        { sku: c, requested: 1, available: 0 },
        { sku: "SKU-UNKNOWN", requested: 1, available: 0 },
      ]),
    };
    expect(await refusalOf(shop.hold(order, lines, until()))).toEqual(refusal);
    expect(await levelOf(collections, a)).toEqual({ onHand: 5, available: 5, held: 0 });
    await collections.stock.updateOne({ sku: b }, { $inc: { onHand: 9, available: 9 } });
    expect(await refusalOf(shop.hold(order, lines, until()))).toEqual(refusal);
    expect(await levelOf(collections, b)).toEqual({ onHand: 10, available: 10, held: 0 });
  });

  it("adds up lines of the same SKU", async () => {
    const sku = await newSku(3);
    expect(await refusalOf(shop.hold(newOrder(), [line(sku, 2), line(sku, 2)], until()))).toEqual({
      code: "stock.insufficient",
      lines: [{ sku, requested: 4, available: 3 }],
    });
  });

  it("refuses other lines for an order that was asked for before", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.hold(order, [line(sku, 1)], until());
    expect(await refusalOf(shop.hold(order, [line(sku, 2)], until()))).toMatchObject({ code: "hold.mismatch" });
    expect(await levelOf(collections, sku)).toEqual({ onHand: 5, available: 4, held: 1 });
  });

  it("takes each line from the first location that has it whole", async () => {
    const [near, far] = [await newSku(5), await newSku(1)];
    await putStock(collections, far, 4, "annex");
    await shop.hold(newOrder(), [line(near, 2), line(far, 3)], until());
    expect(await levelOf(collections, near)).toMatchObject({ held: 2 });
    expect(await levelOf(collections, far)).toMatchObject({ held: 0 });
    expect(await levelOf(collections, far, "annex")).toEqual({ onHand: 4, available: 1, held: 3 });
  });

  it("holds exactly 50 units for 200 orders at once", async () => {
    const sku = await newSku(50);
    const orders = Array.from({ length: 200 }, newOrder);
    const refusals = await Promise.all(orders.map((order) => refusalOf(shop.hold(order, [line(sku)], until()))));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(50);
    expect(refusals.filter((refusal) => refusal?.code === "stock.insufficient")).toHaveLength(150);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 50, available: 0, held: 50 });
  });

  it("gives all attempts of one order the same answer, and holds all or nothing", async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await newSku(4), await newSku(4)];
      const orders = Array.from({ length: 6 }, newOrder);
      const attempts = orders.flatMap((order) => [order, order, order]);
      const answers = await Promise.all(
        attempts.map((order) => refusalOf(shop.hold(order, [line(a), line(b)], until()))),
      );
      const held = orders.filter((_, i) => {
        const own = answers.slice(i * 3, i * 3 + 3).map((refusal) => refusal === undefined);
        expect(new Set(own).size).toBe(1);
        return own[0];
      });
      for (const sku of [a, b]) {
        const document = await collections.stock.findOne({ sku });
        expect(document?.holds.map(({ orderId }) => orderId).sort()).toEqual(held.sort());
        expect(document?.available).toBe(4 - held.length);
      }
    }
  });

  it("sells what is held, once", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.hold(order, [line(sku, 2)], until());
    await Promise.all([shop.sell(order, [line(sku, 2)]), shop.sell(order, [line(sku, 2)])]);
    await shop.sell(order, [line(sku, 2)]);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 3, available: 3, held: 0 });
    expect(await shop.hold(order, [line(sku, 2)], until())).toMatchObject({ orderId: order });
    expect(await levelOf(collections, sku)).toEqual({ onHand: 3, available: 3, held: 0 });
  });

  it("sells from free stock when there is no hold, once", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.sell(order, [line(sku, 2)]);
    await shop.sell(order, [line(sku, 2)]);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 3, available: 3, held: 0 });
  });

  it("tells once what a sale could not take", async () => {
    const [a, b] = [await newSku(5), await newSku(1)];
    const order = newOrder();
    await shop.sell(order, [line(a, 2), line(b, 2)]);
    await shop.sell(order, [line(a, 2), line(b, 2)]);
    const reservation = await collections.reservations.findOne({ _id: order });
    expect(reservation?.pendingEvents.map(({ envelope }) => envelope.payload)).toEqual([
      { orderId: order, lines: [{ sku: b, requested: 2, available: 1 }] },
    ]);
    expect(await levelOf(collections, a)).toEqual({ onHand: 3, available: 3, held: 0 });
    await shop.release(order, [line(a, 2), line(b, 2)]);
    expect(await levelOf(collections, a)).toEqual({ onHand: 5, available: 5, held: 0 });
    expect(await levelOf(collections, b)).toEqual({ onHand: 1, available: 1, held: 0 });
  });

  it("releases what is held, once", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.hold(order, [line(sku, 2)], until());
    await Promise.all([shop.release(order, [line(sku, 2)]), shop.release(order, [line(sku, 2)])]);
    await shop.release(order, [line(sku, 2)]);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 5, available: 5, held: 0 });
  });

  it("puts a sale back when its order is cancelled before shipping, once", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.hold(order, [line(sku, 2)], until());
    await shop.sell(order, [line(sku, 2)]);
    await Promise.all([shop.release(order, [line(sku, 2)]), shop.release(order, [line(sku, 2)])]);
    await shop.release(order, [line(sku, 2)]);
    await shop.sell(order, [line(sku, 2)]);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 5, available: 5, held: 0 });
  });

  it("refuses a hold, and ignores a sale, that arrives after its order is over", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    await shop.release(order, [line(sku, 2)]);
    expect(await refusalOf(shop.hold(order, [line(sku, 2)], until()))).toEqual({ code: "hold.order_over", lines: [] });
    await shop.sell(order, [line(sku, 2)]);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 5, available: 5, held: 0 });
  });
});
