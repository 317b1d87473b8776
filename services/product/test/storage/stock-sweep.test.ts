import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OrderStanding } from "../../src/clients/order-client.ts";
import type { Collections } from "../../src/storage/mongo.ts";
import { sweepHolds } from "../../src/use-cases/sweep-holds.ts";
import { Crash, crashingStock } from "../crashing-stock.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { levelOf, line, newOrder, putStock, refusalOf, stockOf, until } from "../stock-harness.ts";

const MINUTE = 60_000;

describe.each(await mongoServers())("the sweeper on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let collections: Collections;
  let shop: ReturnType<typeof stockOf>;
  let standings: Map<string, OrderStanding | Error>;
  let asked: string[];
  let now: number;
  beforeAll(async () => {
    database = await openDatabase(url);
    collections = database.collections;
    shop = stockOf(collections);
  });
  beforeEach(async () => {
    await collections.stock.deleteMany({});
    await putStock(collections, "MUG-BLUE", 5);
    standings = new Map();
    asked = [];
    now = Date.now();
  });
  afterAll(() => database.drop());

  const sweeper = (releaseHold = shop.release) =>
    sweepHolds({
      ...shop,
      releaseHold,
      askOrderStanding: async (orderId) => {
        asked.push(orderId);
        const standing = standings.get(orderId) ?? "open";
        if (standing instanceof Error) throw standing;
        return standing;
      },
      graceMs: 5 * MINUTE,
      unknownOrderGraceMs: 24 * 60 * MINUTE,
      keepMovementsMs: 10 * MINUTE,
      onFailure: () => {},
      now: () => now,
    });
  const sweep = () => sweeper()();
  const held = async () => (await levelOf(collections, "MUG-BLUE")).held;

  it("asks about a hold only some minutes after its end, and keeps it while the order is open", async () => {
    const order = newOrder();
    await shop.hold(order, [line("MUG-BLUE", 2)], until(15 * MINUTE));
    now += 19 * MINUTE;
    expect(await sweep()).toEqual({ released: 0, kept: 0 });
    expect(asked).toEqual([]);
    now += 600 * MINUTE;
    expect(await sweep()).toEqual({ released: 0, kept: 1 });
    expect(asked).toEqual([order]);
    expect(await held()).toBe(2);
    standings.set(order, "over");
    expect(await sweep()).toEqual({ released: 1, kept: 0 });
    expect(await levelOf(collections, "MUG-BLUE")).toEqual({ onHand: 5, available: 5, held: 0 });
  });

  it("keeps every hold while the order service does not answer", async () => {
    const order = newOrder();
    await shop.hold(order, [line("MUG-BLUE")], until(0));
    standings.set(order, new Error("connect ECONNREFUSED"));
    now += 10_000 * MINUTE;
    expect(await sweep()).toEqual({ released: 0, kept: 1 });
    expect(await held()).toBe(1);
  });

  it("stops asking an order service that does not answer, and sweeps what needs no answer", async () => {
    await putStock(collections, "PLATE-RED", 9);
    const orders = Array.from({ length: 5 }, newOrder);
    for (const order of orders) {
      await shop.hold(order, [line("PLATE-RED")], until(0));
      standings.set(order, new Error("timeout"));
    }
    const refused = orders.at(-1)!;
    await collections.reservations.updateOne({ _id: refused }, { $set: { state: "refused" } });
    now += 6 * MINUTE;
    expect(await sweep()).toEqual({ released: 1, kept: 4 });
    expect(asked).toHaveLength(3);
    expect(await levelOf(collections, "PLATE-RED")).toEqual({ onHand: 9, available: 5, held: 4 });
  });

  it("comes to every order although those before it get no answer", async () => {
    const orders = Array.from({ length: 4 }, newOrder).sort();
    for (const order of orders) {
      await shop.hold(order, [line("MUG-BLUE")], until(0));
      standings.set(order, order === orders.at(-1) ? "over" : new Error("timeout"));
    }
    now += 6 * MINUTE;
    const turn = sweeper();
    expect(await turn()).toEqual({ released: 0, kept: 4 });
    expect(await turn()).toEqual({ released: 1, kept: 3 });
    expect(asked[3]).toBe(orders[3]);
  });

  it("releases the others although one of them cannot be released", async () => {
    const orders = [newOrder(), newOrder(), newOrder()].sort();
    for (const order of orders) {
      await shop.hold(order, [line("MUG-BLUE")], until(0));
      standings.set(order, "over");
    }
    now += 60 * MINUTE;
    const failing = sweeper(async (orderId, lines) => {
      if (orderId === orders[0]) throw new Error("BSONObjectTooLarge");
      await shop.release(orderId, lines);
    });
    expect(await failing()).toEqual({ released: 2, kept: 1 });
    expect(await held()).toBe(1);
  });

  it("comes to every order although more stay open than one turn asks about", async () => {
    const orders = Array.from({ length: 600 }, newOrder).sort();
    const holds = orders.map((orderId) => ({ orderId, quantity: 1, until: new Date() }));
    await putStock(collections, "PLATE-RED", 600);
    await collections.stock.updateOne({ sku: "PLATE-RED" }, { $set: { holds, available: 0 } });
    standings.set(orders[599]!, "over");
    now += 6 * MINUTE;
    const turn = sweeper();
    expect(await turn()).toEqual({ released: 0, kept: 600 });
    expect(await turn()).toEqual({ released: 1, kept: 599 });
    expect(new Set(asked)).toEqual(new Set(orders));
    expect(await levelOf(collections, "PLATE-RED")).toEqual({ onHand: 600, available: 1, held: 599 });
  });

  it("releases the hold of an order that its service does not know, a day later", async () => {
    const order = newOrder();
    await shop.hold(order, [line("MUG-BLUE")], until(0));
    standings.set(order, "unknown");
    now += 23 * 60 * MINUTE;
    await sweep();
    expect(await held()).toBe(1);
    now += 2 * 60 * MINUTE;
    await sweep();
    expect(await held()).toBe(0);
  });

  it("drops what a refused order still holds because its undoing was cut short, without asking", async () => {
    await putStock(collections, "PLATE-RED", 0);
    const order = newOrder();
    const dying = stockOf(collections, (stock) => crashingStock(stock, { call: 4, isAfterWrite: false }));
    await expect(dying.hold(order, [line("MUG-BLUE"), line("PLATE-RED")], until(0))).rejects.toThrow(Crash);
    expect(await held()).toBe(1);
    now += 6 * MINUTE;
    expect(await sweep()).toEqual({ released: 1, kept: 0 });
    expect(asked).toEqual([]);
    expect(await held()).toBe(0);
  });

  it("lets a repeated hold finish what a crash cut short", async () => {
    await putStock(collections, "PLATE-RED", 3);
    const order = newOrder();
    const lines = [line("MUG-BLUE"), line("PLATE-RED")];
    const dying = stockOf(collections, (stock) => crashingStock(stock, { call: 1, isAfterWrite: true }));
    await expect(dying.hold(order, lines, until())).rejects.toThrow(Crash);
    expect(await refusalOf(shop.hold(order, lines, until()))).toBeUndefined();
    expect(await levelOf(collections, "MUG-BLUE")).toEqual({ onHand: 5, available: 4, held: 1 });
    expect(await levelOf(collections, "PLATE-RED")).toEqual({ onHand: 3, available: 2, held: 1 });
  });

  it("forgets sales and returns once they are settled and old, and repeats of them still change nothing", async () => {
    const [sold, returned] = [newOrder(), newOrder()];
    for (const order of [sold, returned]) await shop.sell(order, [line("MUG-BLUE")]);
    await shop.release(returned, [line("MUG-BLUE")]);
    const marks = async () => {
      const document = await collections.stock.findOne({ sku: "MUG-BLUE" });
      return [document?.sales.length, document?.returns.length];
    };
    await sweep();
    expect(await marks()).toEqual([2, 1]);
    now += 11 * MINUTE;
    await sweep();
    expect(await marks()).toEqual([0, 0]);
    await shop.sell(sold, [line("MUG-BLUE")]);
    await shop.release(returned, [line("MUG-BLUE")]);
    expect(await levelOf(collections, "MUG-BLUE")).toEqual({ onHand: 4, available: 4, held: 0 });
  });

  it("keeps the mark of a sale that is not finished", async () => {
    await putStock(collections, "PLATE-RED", 3);
    const order = newOrder();
    const lines = [line("MUG-BLUE"), line("PLATE-RED")];
    const dying = stockOf(collections, (stock) => crashingStock(stock, { call: 2, isAfterWrite: true }));
    await expect(dying.sell(order, lines)).rejects.toThrow(Crash);
    now += 11 * MINUTE;
    await sweep();
    await shop.sell(order, lines);
    expect(await levelOf(collections, "MUG-BLUE")).toEqual({ onHand: 4, available: 4, held: 0 });
    expect(await levelOf(collections, "PLATE-RED")).toEqual({ onHand: 2, available: 2, held: 0 });
  });
});
