import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soldLines } from "../../src/domain/reservation.ts";
import type { Collections } from "../../src/storage/mongo.ts";
import { sweepHolds } from "../../src/use-cases/sweep-holds.ts";
import { Crash, type CrashPoint } from "../crashing-stock.ts";
import { createInterleaving, gated } from "../interleaving.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { line, newOrder, putStock, refusalOf, stockOf, stockOn, storesOf, until } from "../stock-harness.ts";

const RUNS = Number(process.env.STOCK_MODEL_RUNS ?? 25);
const SEED = Number(process.env.STOCK_MODEL_SEED ?? Date.now() % 2 ** 31);
const LOCATIONS = ["main", "annex"];
const [ORDERS, SKUS, INITIAL] = [3, 2, 3];

interface Model {
  confirmed: Set<number>;
  over: Set<number>;
}
type Message = { what: "sell" | "release"; order: number };
type Shop = Awaited<ReturnType<typeof openShop>>;

/** A shop of its own in the database, as its processes, its operator and its messages see it. */
async function openShop(replicas: Collections[], run: number, shapes: Shape[][]) {
  const [collections] = replicas as [Collections];
  const skus = Array.from({ length: SKUS }, (_, i) => `RUN-${run}-${i}`);
  const supplied = new Map(skus.flatMap((sku) => LOCATIONS.map((at) => [`${sku}@${at}`, INITIAL])));
  for (const sku of skus) for (const at of LOCATIONS) await putStock(collections, sku, INITIAL, at);
  return {
    collections,
    replicas,
    skus,
    supplied,
    orders: shapes.map((shape) => ({
      id: newOrder(),
      lines: shape.map(({ sku, quantity }) => line(skus[sku]!, quantity)),
    })),
    interleaving: createInterleaving(),
    processes: [] as { ending: Promise<void>; message?: Message }[],
  };
}

async function startProcess(
  shop: Shop,
  crash: CrashPoint | undefined,
  work: (stock: ReturnType<typeof stockOn>, ask: <T>(answer: T) => Promise<T>) => Promise<unknown>,
  message?: Message,
) {
  const replica = shop.replicas[shop.processes.length % shop.replicas.length]!;
  const { ending } = await shop.interleaving.start(crash, async (gate) => {
    const { stock, reservations, movements } = storesOf(replica);
    const use = { stock: gated(stock, gate), reservations: gated(reservations, gate) };
    const ask = <T>(answer: T) => gate("ask", async () => answer);
    await work(stockOn({ ...use, movements: gated(movements, gate) }), ask);
  });
  shop.processes.push({ ending, ...(message ? { message } : {}) });
}

const deliver = (shop: Shop, message: Message, crash?: CrashPoint) => {
  const { id, lines } = shop.orders[message.order]!;
  return startProcess(shop, crash, (stock) => stock[message.what](id, lines), message);
};

const sweepOn = (
  stock: ReturnType<typeof stockOn>,
  askOrderStanding: (orderId: string) => Promise<"over" | "open">,
): Promise<unknown> =>
  sweepHolds({
    ...stock,
    releaseHold: stock.release,
    askOrderStanding,
    graceMs: 0,
    unknownOrderGraceMs: 0,
    keepMovementsMs: 0,
    onFailure: () => {},
    now: () => Date.now() + 60_000,
  })();

const isOver = (shop: Shop, model: Model, orderId: string): boolean =>
  [...model.over].some((order) => shop.orders[order]?.id === orderId);

/** What must hold at any moment at which no write is under way. */
async function expectSound({ collections, skus, supplied, orders }: Shop): Promise<void> {
  const ids = orders.map(({ id }) => id);
  const [documents, reservations] = await Promise.all([
    collections.stock.find({ sku: { $in: skus } }).toArray(),
    collections.reservations.find({ _id: { $in: ids } }).toArray(),
  ]);
  for (const document of documents) {
    const { onHand, available, holds, sales, returns } = document;
    expect(available).toBeGreaterThanOrEqual(0);
    expect(onHand).toBe(available + holds.reduce((sum, { quantity }) => sum + quantity, 0));
    let left = supplied.get(`${document.sku}@${document.location}`) ?? 0;
    for (const id of ids) {
      const marks = [holds, sales, returns].map((entries) => entries.filter(({ orderId }) => orderId === id));
      for (const mark of marks) expect(mark.length).toBeLessThanOrEqual(1);
      const found = reservations.find(({ _id }) => _id === id);
      if (!found) continue;
      const own = found.lines.find(({ sku, location }) => sku === document.sku && location === document.location);
      if (!own) continue;
      const counts = soldLines({ ...found, orderId: id }).includes(own);
      const isSold = marks[1]!.length > 0 || (counts && ["sold", "returning", "returned"].includes(found.state));
      const isBack = marks[2]!.length > 0 || (counts && found.state === "returned");
      left += (isBack ? own.quantity : 0) - (isSold ? own.quantity : 0);
    }
    expect(onHand).toBe(left);
  }
}

/** All processes end, and what died with its message is delivered again. */
async function settle(shop: Shop): Promise<void> {
  while (await shop.interleaving.step(0)) await expectSound(shop);
  for (const { ending, message } of shop.processes.splice(0)) {
    const crashed = await ending.then(
      () => false,
      (error: unknown) => {
        if (error instanceof Crash) return true;
        throw error;
      },
    );
    if (crashed && message) await deliver(shop, message);
  }
  if (shop.processes.length > 0) await settle(shop);
}

/** Once all is done: nothing is held, and every order's units are where its story says. */
async function expectSettled(shop: Shop, model: Model): Promise<void> {
  await settle(shop);
  const stock = stockOf(shop.collections);
  await sweepOn(stock, async (orderId) => {
    const order = shop.orders.findIndex(({ id }) => id === orderId);
    return model.confirmed.has(order) && !model.over.has(order) ? "open" : "over";
  });
  await expectSound(shop);
  for (const { holds, sales, returns } of await shop.collections.stock.find({ sku: { $in: shop.skus } }).toArray()) {
    expect({ holds, sales, returns }).toEqual({ holds: [], sales: [], returns: [] });
  }
  for (const [order, { id }] of shop.orders.entries()) {
    const reservation = await shop.collections.reservations.findOne({ _id: id });
    if (model.over.has(order)) expect(["released", "returned"]).toContain(reservation?.state);
    else if (model.confirmed.has(order)) expect(reservation?.state).toBe("sold");
    else expect([undefined, "holding", "refused", "releasing", "released"]).toContain(reservation?.state);
    if (["sold", "returned"].includes(reservation?.state ?? ""))
      expect(reservation?.pendingEvents).toHaveLength(reservation?.shortages.length ? 1 : 0);
  }
}

type Shape = { sku: number; quantity: number };
const shapes = fc.array(
  fc.uniqueArray(fc.record<Shape>({ sku: fc.nat(SKUS - 1), quantity: fc.integer({ min: 1, max: 3 }) }), {
    selector: ({ sku }) => sku,
    minLength: 1,
    maxLength: SKUS,
  }),
  { minLength: ORDERS, maxLength: ORDERS },
);
/** Mostly the same one: what goes wrong goes wrong between processes of one order. */
const order = fc.constantFrom(0, 0, 0, 0, 1, 2);
const crash = fc.option(fc.record({ call: fc.nat(9), isAfterWrite: fc.boolean() }), { nil: undefined, freq: 2 });
const place = fc.record({
  sku: fc.nat(SKUS - 1),
  at: fc.constantFrom(...LOCATIONS),
  units: fc.integer({ min: 1, max: 3 }),
});

type Command = fc.AsyncCommand<Model, Shop>;
const command = (text: string, run: (model: Model, shop: Shop) => Promise<void>): Command => ({
  check: () => true,
  async run(model, shop) {
    await run(model, shop);
    await expectSound(shop);
  },
  toString: () => text,
});
const dying = (point: CrashPoint | undefined) =>
  point ? ` †${point.isAfterWrite ? "after" : "before"} ${point.call}` : "";

const holding = fc.tuple(order, crash).map(([who, dies]) =>
  command(`hold ${who}${dying(dies)}`, async (_, shop) => {
    const { id, lines } = shop.orders[who]!;
    await startProcess(shop, dies, (stock) => refusalOf(stock.hold(id, lines, until(-1))));
  }),
);
const selling = fc.tuple(order, crash).map(([who, dies]) =>
  command(`sell ${who}${dying(dies)}`, async (model, shop) => {
    model.confirmed.add(who);
    await deliver(shop, { what: "sell", order: who }, dies);
  }),
);
const releasing = fc.tuple(order, crash).map(([who, dies]) =>
  command(`release ${who}${dying(dies)}`, async (model, shop) => {
    model.over.add(who);
    await deliver(shop, { what: "release", order: who }, dies);
  }),
);
const sweeping = crash.map((dies) =>
  command(`sweep${dying(dies)}`, async (model, shop) => {
    await startProcess(shop, dies, (stock, ask) =>
      sweepOn(stock, (orderId) => ask(isOver(shop, model, orderId) ? "over" : "open")),
    );
  }),
);
const correcting = fc.tuple(place, fc.constantFrom(1, 1, -1)).map(([{ sku, at, units }, sign]) =>
  command(`correct ${sku}@${at} by ${sign * units}`, async (_, shop) => {
    const by = sign * units;
    const { matchedCount } = await shop.collections.stock.updateOne(
      { sku: shop.skus[sku]!, location: at, available: { $gte: -by } },
      { $inc: { onHand: by, available: by } },
    );
    const key = `${shop.skus[sku]}@${at}`;
    shop.supplied.set(key, (shop.supplied.get(key) ?? 0) + by * matchedCount);
  }),
);
const WHOLE = 50;
/** A few calls leave a process standing anywhere; the whole of another one may then pass it. */
const calls = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(WHOLE));
const stepping = fc.tuple(fc.nat(3), calls).map(([process, count]) =>
  command(`${count} calls of ${process}`, async (_, shop) => {
    const before = shop.interleaving.nextCalls().length;
    for (let i = 0; i < count && (await shop.interleaving.step(process)); i++) {
      await expectSound(shop);
      if (shop.interleaving.nextCalls().length < before) break;
    }
  }),
);
const settling = fc.constant(command("settle", (_, shop) => settle(shop)));

describe.each(await mongoServers())("any story of orders, processes and corrections on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let other: ReturnType<typeof database.again>;
  let runs = 0;
  beforeAll(async () => {
    database = await openDatabase(url);
    other = database.again();
  });
  afterAll(async () => {
    await other.client.close();
    await database.drop();
  });

  it(`keeps every unit on the shelf, held or sold (seed ${SEED})`, { timeout: 60_000 + RUNS * 4_000 }, async () => {
    const commands = fc.commands(
      [holding, holding, selling, releasing, sweeping, correcting, stepping, stepping, stepping, settling],
      { maxCommands: 40, size: "max" },
    );
    const property = fc.asyncProperty(shapes, commands, async (wanted, story) => {
      const replicas = [database.collections, other.collections];
      const model: Model = { confirmed: new Set(), over: new Set() };
      const shop = await openShop(replicas, ++runs, wanted);
      await fc.asyncModelRun(() => ({ model, real: shop }), story);
      await expectSettled(shop, model);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
