import { type StockLine, type StockShortage, stockShortfall } from "@tradepost/contracts/product";
import { mergeLines, type Reservation, UNDECIDED } from "../domain/reservation.ts";
import { findShortages, planLines } from "../domain/stock.ts";
import { pendingEvent } from "../storage/pending-event.ts";
import type { StockDeps } from "./hold-stock.ts";

/**
 * Turns a paid order's holds into sales. Without a hold it takes what is free; what cannot be taken is told as
 * `stock.shortfall`. May be cut short anywhere and repeated: each step finds what was done.
 */
export const sellHold =
  (deps: StockDeps) =>
  async (orderId: string, lines: readonly StockLine[]): Promise<void> => {
    const wanted = mergeLines(lines);
    const planned = planLines(wanted, deps.locations, await deps.stock.ofSkus(wanted.map(({ sku }) => sku)));
    const begun = await deps.reservations.begin(orderId, "selling", planned, null);
    const moved = await deps.reservations.move(orderId, UNDECIDED, "selling", { shortages: [] });
    const reservation = moved ?? begun;
    if (reservation.state === "selling") await finishSale(deps, reservation);
  };

export async function finishSale({ stock, reservations }: StockDeps, { orderId, lines }: Reservation): Promise<void> {
  const unsold: StockLine[] = [];
  for (const line of lines) if (!(await stock.sell(orderId, line))) unsold.push(line);
  const shortages = unsold.length === 0 ? [] : await shortagesOf(stock, unsold);
  const event =
    shortages.length === 0 ? undefined : pendingEvent(stockShortfall, orderId, { orderId, lines: shortages });
  await reservations.move(orderId, ["selling"], "sold", { shortages }, event);
  await stock.dropHolds(orderId);
}

/** Units that came in between make the line no less short: its sale was tried and failed. */
async function shortagesOf(stock: StockDeps["stock"], unsold: readonly StockLine[]): Promise<StockShortage[]> {
  const levels = await stock.ofSkus(unsold.map(({ sku }) => sku));
  return unsold.map(
    (line) =>
      findShortages([line], levels)[0] ?? { sku: line.sku, requested: line.quantity, available: line.quantity - 1 },
  );
}
