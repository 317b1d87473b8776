import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { mergeLines, type Reservation, sameLines, WITHOUT_HOLDS } from "../domain/reservation.ts";
import { findShortages, planLines } from "../domain/stock.ts";
import type { ReservationStore } from "../storage/reservation-store.ts";
import type { StockStore } from "../storage/stock-store.ts";

export interface StockDeps {
  stock: StockStore;
  reservations: ReservationStore;
  /** Where the shop keeps stock, nearest first. */
  locations: readonly string[];
}

/**
 * Holds all lines of an order or none. The reservation decides between attempts that run at once: only one of them
 * can call it held or refused, and lines are given back only once it is refused or the order is over.
 */
export const holdStock =
  ({ stock, reservations, locations }: StockDeps) =>
  async (orderId: string, lines: readonly StockLine[], until: Date): Promise<{ orderId: string; until: string }> => {
    const wanted = mergeLines(lines);
    const planned = planLines(wanted, locations, locations.length > 1 ? await stock.ofSkus(skusOf(wanted)) : []);
    const begun = await reservations.begin(orderId, "holding", planned, until);
    if (!sameLines(begun.lines, wanted)) throw otherLines();

    const settled = begun.state === "holding" ? await takeLines({ stock, reservations }, begun, until) : begun;
    if (WITHOUT_HOLDS.includes(settled.state)) await stock.dropHolds(orderId);
    if (settled.state === "refused") throw insufficient(settled);
    if (settled.state !== "held" && settled.state !== "selling" && settled.state !== "sold") throw orderIsOver();
    return { orderId, until: (settled.until ?? until).toISOString() };
  };

async function takeLines(
  { stock, reservations }: Pick<StockDeps, "stock" | "reservations">,
  { orderId, lines }: Reservation,
  until: Date,
): Promise<Reservation> {
  const untaken = [...lines];
  for (let line = untaken[0]; line !== undefined && (await stock.hold(orderId, line, until)); line = untaken[0]) {
    untaken.shift();
  }
  const moved =
    untaken.length === 0
      ? await reservations.move(orderId, ["holding"], "held")
      : await reservations.move(orderId, ["holding"], "refused", { shortages: await shortagesOf(stock, untaken) });
  return moved ?? reservations.get(orderId);
}

/** The first line is short even if some units came back since: that is why the order is refused. */
async function shortagesOf(stock: StockStore, [first, ...others]: readonly StockLine[]) {
  if (!first) return [];
  const levels = await stock.ofSkus(skusOf([first, ...others]));
  const [shortage] = findShortages([first], levels);
  const left = shortage ?? { sku: first.sku, requested: first.quantity, available: first.quantity - 1 };
  return [left, ...findShortages(others, levels)];
}

const skusOf = (lines: readonly StockLine[]): string[] => lines.map(({ sku }) => sku);

const insufficient = ({ shortages }: Reservation): AppError =>
  new AppError(409, "stock.insufficient", "There is not enough in stock", { extra: { lines: shortages } });

const refusal = (code: string, title: string): AppError => new AppError(409, code, title, { extra: { lines: [] } });
const otherLines = () => refusal("hold.mismatch", "This order's stock was asked for with other lines before");
const orderIsOver = () => refusal("hold.order_over", "This order is over: nothing is held for it");
