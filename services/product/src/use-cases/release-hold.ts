import type { StockLine } from "@tradepost/contracts/product";
import { mergeLines, type Reservation, soldLines } from "../domain/reservation.ts";
import { planLines } from "../domain/stock.ts";
import type { StockDeps } from "./hold-stock.ts";
import { finishSale } from "./sell-hold.ts";

/**
 * Gives an over order's units back: holds are dropped, and what was sold to it returns to the shelf. Leaves a mark even
 * where there is nothing yet, so that a hold or a sale that arrives later finds the order over.
 */
export const releaseHold =
  (deps: StockDeps) =>
  async (orderId: string, lines: readonly StockLine[]): Promise<void> => {
    const { stock, reservations, locations } = deps;
    const reservation = await reservations.decide(orderId, "releasing", () =>
      planLines(mergeLines(lines), locations, []),
    );
    if (reservation.state === "releasing") {
      await stock.dropHolds(orderId);
      await reservations.move(orderId, ["releasing"], "released");
    } else {
      await finishSale(deps, reservation);
      await reservations.move(orderId, ["sold"], "returning");
      while (!(await tryReturn(deps, reservation)));
    }
  };

/** False when marks were forgotten meanwhile: then what was read before is no ground to act on. */
async function tryReturn({ stock, reservations }: StockDeps, { orderId, lines }: Reservation): Promise<boolean> {
  const fenceOf = await stock.fencesOf(lines);
  const current = await reservations.get(orderId);
  if (current.state !== "returning") return true;
  for (const line of soldLines(current)) {
    if ((await stock.takeBack(orderId, line, fenceOf(line))) === "stale") return false;
  }
  await reservations.move(orderId, ["returning"], "returned");
  return true;
}
