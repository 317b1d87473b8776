import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collections } from "../../src/storage/mongo.ts";
import { forgetMovements } from "../../src/use-cases/forget-movements.ts";
import { createInterleaving, gated } from "../interleaving.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { levelOf, line, newOrder, putStock, stockOf, stockOn, storesOf, until } from "../stock-harness.ts";

describe.each(await mongoServers())("two processes at one order on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let collections: Collections;
  let skus = 0;
  beforeAll(async () => {
    database = await openDatabase(url);
    collections = database.collections;
  });
  afterAll(() => database.drop());

  const newSku = async (onHand: number) => {
    const sku = `RACE-${++skus}`;
    await putStock(collections, sku, onHand);
    return sku;
  };
  /** Starts a process that stands still before that call; `goOn` lets it run to its end, unless it died there. */
  const standing = async (before: string, work: (stock: ReturnType<typeof stockOn>) => Promise<void>) => {
    const interleaving = createInterleaving();
    const { ending } = await interleaving.start(undefined, (gate) => {
      const { stock, reservations, movements } = storesOf(collections);
      return work(stockOn({ stock: gated(stock, gate), reservations: gated(reservations, gate), movements }));
    });
    while (interleaving.nextCalls()[0] !== before) expect(await interleaving.step(0)).toBe(true);
    return {
      step: () => interleaving.step(0),
      goOn: async () => {
        while (await interleaving.step(0));
        await ending;
      },
    };
  };
  const forget = () => forgetMovements({ ...stockOf(collections), keepMovementsMs: -1_000 })();
  const restock = (sku: string, by: number) =>
    collections.stock.updateOne({ sku }, { $inc: { onHand: by, available: by } });
  const shelf = async (sku: string) => {
    const { onHand, available } = await levelOf(collections, sku);
    expect(available).toBe(onHand);
    return onHand;
  };

  it("agree on what is short although units come between them", async () => {
    const [sku, order] = [await newSku(1), newOrder()];
    const short = await standing("move", (shop) => shop.sell(order, [line(sku, 2)]));
    await restock(sku, 5);
    const sold = await standing("move", (shop) => shop.sell(order, [line(sku, 2)]));
    expect(await shelf(sku)).toBe(4);
    await short.goOn();
    await sold.goOn();
    expect((await collections.reservations.findOne({ _id: order }))?.shortages).toHaveLength(1);
    expect(await shelf(sku)).toBe(6);
    await stockOf(collections).release(order, [line(sku, 2)]);
    expect(await shelf(sku)).toBe(6);
  });

  it("lose no unit when one sells after the other's decision and dies before it hears of it", async () => {
    const [sku, order] = [await newSku(1), newOrder()];
    const short = await standing("move", (shop) => shop.sell(order, [line(sku, 2)]));
    await restock(sku, 5);
    const dying = await standing("sell", (shop) => shop.sell(order, [line(sku, 2)]));
    await short.goOn();
    await dying.step();
    expect(await shelf(sku)).toBe(4);
    await forget();
    expect(await shelf(sku)).toBe(6);
  });

  it("sell once, although the one stood still until the other's mark was forgotten", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    const lines = [line(sku, 2)];
    await stockOf(collections).hold(order, lines, until());
    const late = await standing("sell", (shop) => shop.sell(order, lines));
    await stockOf(collections).sell(order, lines);
    await forget();
    expect((await collections.stock.findOne({ sku }))?.sales).toEqual([]);
    await late.goOn();
    expect(await shelf(sku)).toBe(3);
  });

  it("put back once, although the one stood still until the other's mark was forgotten", async () => {
    const sku = await newSku(5);
    const order = newOrder();
    const lines = [line(sku, 2)];
    await stockOf(collections).sell(order, lines);
    const late = await standing("takeBack", (shop) => shop.release(order, lines));
    await stockOf(collections).release(order, lines);
    await forget();
    expect((await collections.stock.findOne({ sku }))?.returns).toEqual([]);
    await late.goOn();
    expect(await shelf(sku)).toBe(5);
  });

  it("would oversell if availability were looked at before the write and not in it", async () => {
    const sku = await newSku(1);
    const stores = storesOf(collections);
    const interleaving = createInterleaving();
    const buyCarelessly = () =>
      interleaving.start(undefined, async (gate) => {
        const hold: typeof stores.stock.hold = async (orderId, { quantity }, end) => {
          const { available } = await gate("look", () => levelOf(collections, sku));
          if (available < quantity) return false;
          const change = { $inc: { available: -quantity }, $push: { holds: { orderId, quantity, until: end } } };
          await gate("write", () => collections.stock.updateOne({ sku }, change));
          return true;
        };
        await stockOn({ ...stores, stock: { ...stores.stock, hold } }).hold(newOrder(), [line(sku)], until());
      });
    await buyCarelessly();
    await buyCarelessly();
    for (let turn = 0; interleaving.nextCalls().length > 0; turn++) await interleaving.step(turn);
    expect(await levelOf(collections, sku)).toEqual({ onHand: 1, available: -1, held: 2 });
  });
});
