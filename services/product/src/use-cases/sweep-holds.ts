import type { StockLine } from "@tradepost/contracts/product";
import type { OrderStanding } from "../clients/order-client.ts";
import { WITHOUT_HOLDS } from "../domain/reservation.ts";
import type { MovementStore } from "../storage/movement-store.ts";
import type { ReservationStore } from "../storage/reservation-store.ts";
import type { StockStore } from "../storage/stock-store.ts";

const BATCH = 500;
/** After so many orders in a row without an answer the rest waits for the next turn. */
const MAX_UNANSWERED = 3;

export interface SweepDeps {
  stock: StockStore;
  movements: MovementStore;
  reservations: ReservationStore;
  releaseHold: (orderId: string, lines: readonly StockLine[]) => Promise<void>;
  askOrderStanding: (orderId: string) => Promise<OrderStanding>;
  /** How long after a hold's end the order service is asked about it. */
  graceMs: number;
  /** How long after a hold's end an order that its service does not know counts as over. */
  unknownOrderGraceMs: number;
  /** How long sales and returns stay marked in stock documents. */
  keepMovementsMs: number;
  onUnanswered: (orderId: string, error: unknown) => void;
  now?: () => number;
}

/**
 * Releases expired holds of orders that are over. Time alone releases nothing: while the order service does not say
 * that the order is over, its units stay held. Safe in every replica at once.
 */
export const sweepHolds = (deps: SweepDeps) => async (): Promise<{ released: number; kept: number }> => {
  const { stock, reservations, graceMs, now = Date.now } = deps;
  const expired = await stock.ordersHoldingSince(new Date(now() - graceMs), BATCH);
  const orderIds = expired.map(({ orderId }) => orderId);
  const strays = new Set(await reservations.inStates(orderIds, WITHOUT_HOLDS));
  let released = 0;
  let unanswered = 0;
  for (const { orderId, until } of expired) {
    if (strays.has(orderId)) await stock.dropHolds(orderId);
    else {
      const isOver = unanswered < MAX_UNANSWERED ? await askIsOver(deps, orderId, until) : undefined;
      unanswered = isOver === undefined ? unanswered + 1 : 0;
      if (!isOver) continue;
      await deps.releaseHold(orderId, []);
    }
    released += 1;
  }
  await forgetMovements(deps);
  return { released, kept: expired.length - released };
};

/** Undefined when the order service did not answer. */
async function askIsOver(deps: SweepDeps, orderId: string, until: Date): Promise<boolean | undefined> {
  const { now = Date.now } = deps;
  try {
    const standing = await deps.askOrderStanding(orderId);
    if (standing === "unknown") return now() - until.getTime() > deps.unknownOrderGraceMs;
    return standing === "over";
  } catch (error) {
    deps.onUnanswered(orderId, error);
    return undefined;
  }
}

/** A mark may go once the reservation itself says that the move is done: then nothing repeats it. */
async function forgetMovements({ movements, reservations, keepMovementsMs, now = Date.now }: SweepDeps) {
  const orderIds = await movements.ordersMovedBefore(new Date(now() - keepMovementsMs), BATCH);
  if (orderIds.length === 0) return;
  const [sold, returned] = await Promise.all([
    reservations.inStates(orderIds, ["sold", "returned"]),
    reservations.inStates(orderIds, ["returned"]),
  ]);
  if (sold.length > 0) await movements.forgetSales(sold);
  if (returned.length > 0) await movements.forgetReturns(returned);
}
