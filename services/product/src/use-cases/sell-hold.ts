import { type StockLine, type StockShortage, stockShortfall } from "@tradepost/contracts/product";
import { mergeLines, type Reservation, shortLines } from "../domain/reservation.ts";
import { findShortages, planLines } from "../domain/stock.ts";
import { pendingEvent } from "../storage/pending-event.ts";
import type { StockDeps } from "./hold-stock.ts";

type SaleDeps = Pick<StockDeps, "stock" | "reservations">;

/**
 * Turns a paid order's holds into sales. Without a hold it takes what is free; what cannot be taken is told as
 * `stock.shortfall`. May be cut short anywhere and repeated: each step finds what was done.
 */
export const sellHold =
  (deps: StockDeps) =>
  async (orderId: string, lines: readonly StockLine[]): Promise<void> => {
    const { stock, reservations, locations } = deps;
    const reservation = await reservations.decide(orderId, "selling", async () => {
      const wanted = mergeLines(lines);
      return planLines(wanted, locations, await stock.ofSkus(wanted.map(({ sku }) => sku)));
    });
    await finishSale(deps, reservation);
  };

/**
 * Brings a sale that was begun to its end. Several runs may be at it, and find different stock: the first to call the
 * reservation sold decides what is short, and what another run took for such a line is taken back.
 */
export async function finishSale(deps: SaleDeps, reservation: Reservation): Promise<void> {
  let settled: Reservation | undefined;
  while (!settled) settled = await trySale(deps, reservation);
  await undoShortSales(deps.stock, settled);
  await deps.stock.dropHolds(settled.orderId);
}

/** Undefined when marks were forgotten meanwhile: then what was read before is no ground to act on. */
async function trySale(
  { stock, reservations }: SaleDeps,
  { orderId, lines }: Reservation,
): Promise<Reservation | undefined> {
  const fenceOf = await stock.fencesOf(lines);
  const current = await reservations.get(orderId);
  if (current.state !== "selling") return current;
  const unsold: StockLine[] = [];
  for (const line of lines) {
    const outcome = await stock.sell(orderId, line, fenceOf(line));
    if (outcome === "stale") return undefined;
    if (outcome === "short") unsold.push(line);
  }
  const shortages = unsold.length === 0 ? [] : await shortagesOf(stock, unsold);
  const event =
    shortages.length === 0 ? undefined : pendingEvent(stockShortfall, orderId, { orderId, lines: shortages });
  return (await reservations.move(orderId, ["selling"], "sold", { shortages }, event)) ?? reservations.get(orderId);
}

/** Tells once more that a sale was short, where the order service seems not to have heard. False: it is still to be told. */
export const retellShortfall =
  ({ reservations }: Pick<StockDeps, "reservations">) =>
  async (orderId: string): Promise<boolean> => {
    const { shortages } = await reservations.get(orderId);
    return reservations.addEvent(orderId, pendingEvent(stockShortfall, orderId, { orderId, lines: shortages }));
  };

/** The reservation decides what was sold: a run that had not heard of its decision may have sold more. */
export async function undoShortSales(stock: StockDeps["stock"], reservation: Reservation): Promise<void> {
  for (const line of shortLines(reservation)) await stock.undoSale(reservation.orderId, line);
}

/** Units that came in between make the line no less short: its sale was tried and failed. */
async function shortagesOf(stock: StockDeps["stock"], unsold: readonly StockLine[]): Promise<StockShortage[]> {
  const levels = await stock.ofSkus(unsold.map(({ sku }) => sku));
  return unsold.map(
    (line) =>
      findShortages([line], levels)[0] ?? { sku: line.sku, requested: line.quantity, available: line.quantity - 1 },
  );
}
