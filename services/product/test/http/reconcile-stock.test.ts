import { reconcileStock } from "@tradepost/contracts/product";
import { type Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import type { CallerName } from "@tradepost/contracts/route";
import { createMetrics } from "@tradepost/service-runtime/metrics";
import { reconcileInTurn, reconciliationMetrics } from "@tradepost/service-runtime/reconciling";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createReservationStore } from "../../src/storage/reservation-store.ts";
import { createStockAudit } from "../../src/storage/stock-audit.ts";
import { createTurns } from "../../src/storage/turn-store.ts";
import { reconcileStock as compareStock } from "../../src/use-cases/reconcile-stock.ts";
import { startOrderService } from "../order-service.ts";
import { callBy, startProductService } from "../product-service.ts";
import { levelOf, line, newOrder, putStock, until } from "../stock-harness.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let neighbour: Awaited<ReturnType<typeof startOrderService>>;
let service: Awaited<ReturnType<typeof startProductService>>;
beforeAll(async () => {
  neighbour = await startOrderService();
  service = await startProductService({ ORDER_SERVICE_URL: neighbour.url });
});
beforeEach(async () => {
  neighbour.orders.splice(0);
  await service.collections.stock.deleteMany({});
  await service.collections.reservations.deleteMany({});
  await putStock(service.collections, "MUG-BLUE", 5);
});
afterAll(async () => {
  await service.stop();
  await neighbour.stop();
});

const post = (body: object, caller: CallerName = "operations") =>
  service.app.inject({ method: "POST", url: reconcileStock.path, headers: callBy(caller), payload: body });
const period = () => ({
  since: new Date(Date.now() - HOUR_MS).toISOString(),
  until: new Date(Date.now() + 1_000).toISOString(),
});
async function reconcile(dryRun = false): Promise<ReconciliationReport> {
  const reply = await post({ dryRun, ...period() });
  expect(reply.statusCode).toBe(200);
  return ReconciliationReport.parse(reply.json());
}
const stateOf = async (orderId: string) =>
  (await service.collections.reservations.findOne({ _id: orderId }))?.state ?? null;
const hold = (orderId: string, quantity = 2, end = until()) =>
  service.useCases.holdStock(orderId, [line("MUG-BLUE", quantity)], end);
const level = () => levelOf(service.collections, "MUG-BLUE");
const mugs = [line("MUG-BLUE", 2)];

describe(`${reconcileStock.method} ${reconcileStock.path}`, () => {
  it("finds nothing where orders and stock agree", async () => {
    const [awaiting, confirmed, cancelled] = [
      neighbour.add("awaiting_payment", mugs),
      neighbour.add("confirmed", mugs),
      neighbour.add("cancelled", mugs),
    ];
    neighbour.add("placing", mugs);
    neighbour.add("rejected", mugs);
    await hold(awaiting);
    await service.useCases.sellHold(confirmed, mugs);
    await service.useCases.releaseHold(cancelled, mugs);
    expect(await reconcile()).toEqual({ compared: 6, findings: [] });
  });

  it.each(["confirmed", "shipped"] as const)("sells what a %s order should have", async (status) => {
    const [held, never] = [neighbour.add(status, mugs), neighbour.add(status, mugs)];
    await hold(held);
    const { findings } = await reconcile();
    expect(findings.map(({ kind, subject, outcome }) => [kind, subject, outcome])).toEqual([
      ["sale.missing", held, "repaired"],
      ["sale.missing", never, "repaired"],
    ]);
    expect(await level()).toEqual({ onHand: 1, available: 1, held: 0 });
    expect((await reconcile()).findings).toEqual([]);
    expect(await level()).toEqual({ onHand: 1, available: 1, held: 0 });
  });

  it("tells of a shortfall where a paid order's units are gone, and again while nobody hears", async () => {
    const order = neighbour.add("confirmed", [line("MUG-BLUE", 9)]);
    const shortfalls = async () =>
      (await service.collections.reservations.findOne({ _id: order }))?.pendingEvents ?? [];
    expect((await reconcile()).findings).toMatchObject([{ kind: "sale.missing", outcome: "repaired" }]);
    expect(await shortfalls()).toHaveLength(1);
    expect((await reconcile()).findings).toMatchObject([{ kind: "sale.short", outcome: "alert" }]);
    expect(await shortfalls()).toHaveLength(1);
    await service.collections.reservations.updateOne({ _id: order }, { $set: { pendingEvents: [] } });
    expect((await reconcile()).findings).toMatchObject([{ kind: "sale.short", outcome: "repaired" }]);
    expect((await shortfalls())[0]?.envelope.payload).toEqual({
      orderId: order,
      lines: [{ sku: "MUG-BLUE", requested: 9, available: 5 }],
    });
  });

  it.each(["cancelled", "rejected"] as const)("gives back what a %s order has", async (status) => {
    const [held, sold] = [neighbour.add(status, mugs), neighbour.add(status, mugs)];
    await hold(held);
    await service.useCases.sellHold(sold, mugs);
    expect((await reconcile()).findings).toEqual([
      { kind: "hold.unreleased", subject: held, outcome: "repaired", detail: expect.any(String) },
      { kind: "sale.unreturned", subject: sold, outcome: "repaired", detail: expect.any(String) },
    ]);
    expect(await level()).toEqual({ onHand: 5, available: 5, held: 0 });
    expect([await stateOf(held), await stateOf(sold)]).toEqual(["released", "returned"]);
  });

  it("drops a hold that a refused order was left with", async () => {
    const order = neighbour.add("rejected", mugs);
    await hold(order);
    await service.collections.reservations.updateOne({ _id: order }, { $set: { state: "refused" } });
    expect((await reconcile()).findings).toMatchObject([{ kind: "hold.unreleased", outcome: "repaired" }]);
    expect(await level()).toEqual({ onHand: 5, available: 5, held: 0 });
  });

  it("changes nothing in a dry run, and says what it would repair", async () => {
    const [unsold, unreleased] = [neighbour.add("confirmed", mugs), neighbour.add("cancelled", mugs)];
    await hold(unsold);
    await hold(unreleased);
    const stores = async () => [
      await service.collections.stock.find().toArray(),
      await service.collections.reservations.find().toArray(),
    ];
    const before = await stores();
    expect((await reconcile(true)).findings).toMatchObject([
      { kind: "sale.missing", subject: unsold, outcome: "repairable" },
      { kind: "hold.unreleased", subject: unreleased, outcome: "repairable" },
    ]);
    expect(await stores()).toEqual(before);
  });

  it("alerts where units of an order that awaits payment are not held", async () => {
    const [never, lost] = [neighbour.add("awaiting_payment", mugs), neighbour.add("awaiting_payment", mugs)];
    await hold(lost);
    await service.collections.stock.updateOne({ sku: "MUG-BLUE" }, { $set: { holds: [], available: 5 } });
    const { findings } = await reconcile();
    expect(findings).toMatchObject([
      { kind: "hold.missing", subject: never, outcome: "alert" },
      { kind: "hold.missing", subject: lost, outcome: "alert" },
    ]);
    expect(findings[1]?.detail).toContain("MUG-BLUE");
  });

  it("alerts where units went back although the order is paid, or were sold although it is not", async () => {
    const [back, early] = [neighbour.add("confirmed", mugs), neighbour.add("awaiting_payment", mugs)];
    await service.useCases.releaseHold(back, mugs);
    await service.useCases.sellHold(early, mugs);
    expect((await reconcile()).findings).toMatchObject([
      { kind: "sale.given_back", subject: back, outcome: "alert" },
      { kind: "sale.unpaid", subject: early, outcome: "alert" },
    ]);
    expect(await level()).toEqual({ onHand: 3, available: 3, held: 0 });
  });

  it("alerts to units of an order that nobody knows, and gives up its hold after a day", async () => {
    const [young, old, sold] = [newOrder(), newOrder(), newOrder()];
    await hold(young, 1);
    await hold(old, 1, new Date(Date.now() - DAY_MS - HOUR_MS));
    await service.useCases.sellHold(sold, [line("MUG-BLUE")]);
    const { findings } = await reconcile();
    expect(findings).toHaveLength(3);
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "hold.unknown_order", subject: young, outcome: "alert" }),
        expect.objectContaining({ kind: "hold.unknown_order", subject: old, outcome: "repaired" }),
        expect.objectContaining({ kind: "sale.unknown_order", subject: sold, outcome: "alert" }),
      ]),
    );
    expect(await level()).toEqual({ onHand: 4, available: 3, held: 1 });
  });

  it("alerts to stock that does not add up", async () => {
    await putStock(service.collections, "PLATE-RED", 4, "annex");
    await service.collections.stock.updateOne({ sku: "PLATE-RED" }, { $inc: { onHand: -1 } });
    expect(await reconcile()).toEqual({
      compared: 2,
      findings: [
        {
          kind: "stock.unbalanced",
          subject: "PLATE-RED@annex",
          detail: "On hand 3, available 4, held 0",
          outcome: "alert",
        },
      ],
    });
  });

  it("leaves alone what moves on meanwhile, and what changed at another time", async () => {
    const moving = neighbour.add("awaiting_payment", mugs, { statusNow: "confirmed" });
    const later = neighbour.add("confirmed", mugs, { changedAt: new Date(Date.now() + HOUR_MS) });
    await hold(later);
    expect((await reconcile()).findings).toEqual([]);
    expect([await stateOf(moving), await stateOf(later)]).toEqual([null, "held"]);
  });

  it("answers that it is not possible while the order service is away", async () => {
    const cut = await startProductService();
    try {
      const reply = await cut.app.inject({
        ...{ method: "POST", url: reconcileStock.path, headers: callBy("operations") },
        payload: { dryRun: false, ...period() },
      });
      expect(reply.statusCode).toBe(503);
    } finally {
      await cut.stop();
    }
  });

  it("reports an order whose repair fails, and repairs the others", async () => {
    const [broken, sound] = [newOrder(), newOrder()];
    const facts = { status: "confirmed" as const, over: false };
    const compare = compareStock({
      reservations: createReservationStore(service.collections),
      audit: createStockAudit(service.collections),
      releaseHold: service.useCases.releaseHold,
      sellHold: async (orderId, lines) => {
        if (orderId === broken) throw new Error("BSONObjectTooLarge");
        await service.useCases.sellHold(orderId, lines);
      },
      retellShortfall: async () => false,
      listChangedOrders: async function* () {
        yield [broken, sound].map((orderId) => ({ orderId, ...facts, lines: mugs, changedAt: period().since }));
      },
      findOrder: async () => facts,
      unknownOrderGraceMs: DAY_MS,
    });
    const { findings } = await compare({ dryRun: false, ...period() });
    expect(findings.map(({ subject, outcome }) => [subject, outcome])).toEqual([
      [broken, "alert"],
      [sound, "repaired"],
    ]);
    expect([await stateOf(broken), await stateOf(sound)]).toEqual([null, "sold"]);
  });

  it("is for operators only", async () => {
    expect((await post({ dryRun: true, ...period() }, "order")).statusCode).toBe(403);
  });
});

describe("the stock's reconciliation by itself", () => {
  it("is done by one replica at a time, and every replica's metrics tell of it", async () => {
    const order = neighbour.add("confirmed", mugs);
    neighbour.add("awaiting_payment", mugs);
    const replicas = Array.from({ length: 3 }, () => {
      const { registry } = createMetrics("product");
      const turns = createTurns(service.collections, "reconciliation", { everyMs: 60_000, leaseMs: 60_000 });
      reconciliationMetrics(registry, turns);
      let runs = 0;
      const reconcile = (request: Reconcile) => {
        runs += 1;
        return service.useCases.reconcileStock(request);
      };
      const run = reconcileInTurn({ turns, reconcile, logger: service.base.logger });
      return { run, runs: () => runs, metrics: () => registry.metrics() };
    });
    await Promise.all(replicas.map(({ run }) => run()));
    for (const { run } of replicas) await run();
    expect(replicas.reduce((sum, { runs }) => sum + runs(), 0)).toBe(1);
    expect(await stateOf(order)).toBe("sold");
    for (const { metrics } of replicas) {
      const text = await metrics();
      expect(text).toContain(
        'tradepost_reconciliation_findings{kind="sale.missing",outcome="repaired",service="product"} 1',
      );
      expect(text).toContain(
        'tradepost_reconciliation_findings{kind="hold.missing",outcome="alert",service="product"} 1',
      );
      expect(text).toMatch(/tradepost_reconciliation_last_success_timestamp_seconds\{service="product"\} \d{10}/);
    }
  });
});
