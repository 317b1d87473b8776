import type { StockLine } from "@tradepost/contracts/product";
import type { Finding, Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { isUnavailable } from "@tradepost/service-runtime/unavailable";
import type { ChangedOrder } from "../clients/order-client.ts";
import {
  compareLevel,
  compareOrder,
  compareUnknown,
  type Difference,
  type OrderFacts,
  type OrderStock,
} from "../domain/compare-stock.ts";
import type { ReservationStore } from "../storage/reservation-store.ts";
import type { StockAudit } from "../storage/stock-audit.ts";

const MAX_FINDINGS = 10_000;

export interface ReconcileStockDeps {
  reservations: ReservationStore;
  audit: StockAudit;
  sellHold: (orderId: string, lines: readonly StockLine[]) => Promise<void>;
  releaseHold: (orderId: string, lines: readonly StockLine[]) => Promise<void>;
  /** Whether `stock.shortfall` is told once more; not while it still waits to be told. */
  retellShortfall: (orderId: string) => Promise<boolean>;
  listChangedOrders: (since: string, until: string) => AsyncIterable<ChangedOrder[]>;
  findOrder: (orderId: string) => Promise<OrderFacts | null>;
  /** How long after a hold's end an order that its service does not know counts as over. */
  unknownOrderGraceMs: number;
  now?: () => number;
}

/**
 * Compares the orders that changed in a time with their holds and sales, and every stock document with itself. Repairs go
 * through the use cases that the events call, so repeating it, or running it twice at once, changes nothing more.
 */
export const reconcileStock =
  (deps: ReconcileStockDeps) =>
  async ({ dryRun, since, until }: Reconcile): Promise<ReconciliationReport> => {
    const findings: Finding[] = [];
    const seen = new Set<string>();
    for await (const orders of deps.listChangedOrders(since, until)) {
      const unseen = orders.filter(({ orderId }) => !seen.has(orderId));
      for (const { orderId } of unseen) seen.add(orderId);
      findings.push(...(await compareListed(deps, unseen, dryRun)));
    }
    for await (const orderIds of deps.audit.ordersChanged(new Date(since), new Date(until))) {
      const unlisted = orderIds.filter((orderId) => !seen.has(orderId));
      findings.push(...(await compareUnlisted(deps, unlisted, dryRun)));
      for (const orderId of unlisted) seen.add(orderId);
    }
    let levels = 0;
    for await (const level of deps.audit.levels()) {
      levels += 1;
      const difference = compareLevel(level);
      if (difference) findings.push(findingOf(`${level.sku}@${level.location}`, difference, "alert"));
    }
    return { compared: seen.size + levels, findings: findings.slice(0, MAX_FINDINGS) };
  };

async function compareListed(deps: ReconcileStockDeps, orders: readonly ChangedOrder[], dryRun: boolean) {
  const stockOf = await readStock(
    deps,
    orders.map(({ orderId }) => orderId),
  );
  const findings: Finding[] = [];
  for (const order of orders) {
    if (!compareOrder(order, stockOf(order.orderId))) continue;
    const difference = await lookAgain(deps, order);
    if (difference) findings.push(await settle(deps, order, difference, dryRun));
  }
  return findings;
}

/** An order that has moved on since it was listed is still under way: the next run sees it. */
async function lookAgain(deps: ReconcileStockDeps, { orderId, status }: ChangedOrder): Promise<Difference | undefined> {
  const order = await deps.findOrder(orderId);
  if (order?.status !== status) return undefined;
  return compareOrder(order, (await readStock(deps, [orderId]))(orderId));
}

/** Those that the order service has not listed changed at another time there, or it does not know them. */
async function compareUnlisted(deps: ReconcileStockDeps, orderIds: readonly string[], dryRun: boolean) {
  const { now = Date.now, unknownOrderGraceMs } = deps;
  const isLongAgo = (until: Date) => now() - until.getTime() > unknownOrderGraceMs;
  const findings: Finding[] = [];
  for (const orderId of orderIds) {
    if ((await deps.findOrder(orderId)) !== null) continue;
    const difference = compareUnknown((await readStock(deps, [orderId]))(orderId), isLongAgo);
    if (difference) findings.push(await settle(deps, { orderId, lines: [] }, difference, dryRun));
  }
  return findings;
}

async function readStock({ reservations, audit }: ReconcileStockDeps, orderIds: readonly string[]) {
  const [found, held] = await Promise.all([reservations.findAll(orderIds), audit.heldBy(orderIds)]);
  return (orderId: string): OrderStock => ({
    reservation: found.get(orderId) ?? null,
    held: held.get(orderId) ?? [],
  });
}

async function settle(
  deps: ReconcileStockDeps,
  { orderId, lines }: Pick<ChangedOrder, "orderId" | "lines">,
  difference: Difference,
  dryRun: boolean,
): Promise<Finding> {
  if (difference.repair === null) return findingOf(orderId, difference, "alert");
  if (dryRun) return findingOf(orderId, difference, "repairable");
  try {
    return findingOf(orderId, difference, (await repair(deps, orderId, lines, difference)) ? "repaired" : "alert");
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return findingOf(orderId, { ...difference, detail: `${difference.detail}; the repair failed` }, "alert");
  }
}

/** False where nothing could be done yet. */
async function repair(
  deps: ReconcileStockDeps,
  orderId: string,
  lines: readonly StockLine[],
  difference: Difference,
): Promise<boolean> {
  if (difference.repair === "tell") return deps.retellShortfall(orderId);
  if (difference.repair === "sell") await deps.sellHold(orderId, lines);
  if (difference.repair === "release") await deps.releaseHold(orderId, lines);
  return true;
}

const findingOf = (subject: string, { kind, detail }: Difference, outcome: Finding["outcome"]): Finding => ({
  kind,
  subject,
  detail,
  outcome,
});
