import { type Reservation, soldLines } from "../domain/reservation.ts";
import type { MovementStore } from "../storage/movement-store.ts";
import type { ReservationStore } from "../storage/reservation-store.ts";
import type { StockStore } from "../storage/stock-store.ts";
import { undoShortSales } from "./sell-hold.ts";

export interface ForgetDeps {
  stock: StockStore;
  movements: MovementStore;
  reservations: ReservationStore;
  /** How long sales and returns stay marked in stock documents. */
  keepMovementsMs: number;
  now?: () => number;
}

const SETTLED = ["sold", "returned"] as const;

/**
 * Takes old marks of sales and returns out of stock documents, once the reservation itself says that the move is done:
 * then nothing repeats it. Each turn goes on after the documents of the last one.
 */
export const forgetMovements = (deps: ForgetDeps) => {
  let after = "";
  return async (): Promise<void> => {
    const { movements, reservations, keepMovementsMs, now = Date.now } = deps;
    const old = await movements.ordersMovedBefore(new Date(now() - keepMovementsMs), after);
    after = old.lastDocument;
    const settled = await reservations.inStates(old.orderIds, SETTLED);
    const [whole, short] = [settled.filter(isWhole), settled.filter((reservation) => !isWhole(reservation))];
    await movements.forgetSales(idsOf(whole));
    for (const reservation of short) await forgetPartialSale(deps, reservation);
    await movements.forgetReturns(idsOf(settled.filter(({ state }) => state === "returned")));
  };
};

/** What was taken for a line that counts as short is undone, never just forgotten: the mark is all that tells of it. */
async function forgetPartialSale({ stock, movements }: ForgetDeps, reservation: Reservation): Promise<void> {
  await undoShortSales(stock, reservation);
  for (const line of soldLines(reservation)) await movements.forgetSales([reservation.orderId], line);
}

const isWhole = ({ shortages }: Reservation): boolean => shortages.length === 0;
const idsOf = (reservations: readonly Reservation[]): string[] => reservations.map(({ orderId }) => orderId);
