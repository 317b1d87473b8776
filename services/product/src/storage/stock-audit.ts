import type { StockLevel } from "../domain/compare-stock.ts";
import type { PlannedLine, ReservationState } from "../domain/reservation.ts";
import type { Collections } from "./mongo.ts";

export type StockAudit = ReturnType<typeof createStockAudit>;

const BATCH = 500;
const WITH_UNITS: readonly ReservationState[] = ["holding", "held", "selling", "sold"];

/** Reads whole collections, for comparing them with what the order service says. */
export function createStockAudit({ stock, reservations }: Pick<Collections, "stock" | "reservations">) {
  return {
    async *levels(): AsyncGenerator<StockLevel> {
      const projection = { _id: 0, sku: 1, location: 1, onHand: 1, available: 1, holds: 1 } as const;
      for await (const { holds, ...level } of stock.find({}, { projection }).batchSize(BATCH)) {
        yield { ...level, held: holds.reduce((sum, { quantity }) => sum + quantity, 0) };
      }
    },

    /** What each of the orders holds; an order without holds is not in it. */
    async heldBy(orderIds: readonly string[]): Promise<Map<string, PlannedLine[]>> {
      const wanted = new Set(orderIds);
      const projection = { _id: 0, sku: 1, location: 1, holds: 1 } as const;
      const documents = await stock.find({ "holds.orderId": { $in: [...orderIds] } }, { projection }).toArray();
      const held = documents.flatMap(({ sku, location, holds }) =>
        holds.map(({ orderId, quantity }) => ({ orderId, sku, location, quantity })),
      );
      const own = held.filter(({ orderId }) => wanted.has(orderId));
      return Map.groupBy(own, ({ orderId }) => orderId);
    },

    /** The orders, in batches, whose reservation has or wants units and changed in that time. */
    async *ordersChanged(since: Date, until: Date): AsyncGenerator<string[]> {
      const cursor = reservations
        .find({ updatedAt: { $gte: since, $lte: until }, state: { $in: [...WITH_UNITS] } }, { projection: { _id: 1 } })
        .batchSize(BATCH);
      const batch: string[] = [];
      for await (const { _id } of cursor) {
        batch.push(_id);
        if (batch.length === BATCH) yield batch.splice(0);
      }
      if (batch.length > 0) yield batch;
    },
  };
}
