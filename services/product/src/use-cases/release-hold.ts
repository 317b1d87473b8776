import type { StockLine } from "@tradepost/contracts/product";
import { mergeLines, soldLines, UNDECIDED } from "../domain/reservation.ts";
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
    await reservations.begin(orderId, "releasing", planLines(mergeLines(lines), locations, []), null);
    await reservations.move(orderId, UNDECIDED, "releasing");

    const selling = await reservations.find(orderId);
    if (selling?.state === "selling") await finishSale(deps, selling);

    await reservations.move(orderId, ["sold"], "returning");
    const reservation = await reservations.find(orderId);
    if (reservation?.state === "returning") {
      for (const line of soldLines(reservation)) await stock.takeBack(orderId, line);
      await reservations.move(orderId, ["returning"], "returned");
    }
    await stock.dropHolds(orderId);
    await reservations.move(orderId, ["releasing"], "released");
  };
