import type { PlannedLine } from "../domain/reservation.ts";
import type { LocationStock } from "../domain/stock.ts";
import type { Collections, Hold, StockDocument } from "./mongo.ts";

export type StockStore = ReturnType<typeof createStockStore>;

/** Every change is one atomic write to one document, and repeating it changes nothing. */
export function createStockStore({ stock }: Pick<Collections, "stock">) {
  const dropHold = async ({ _id }: StockDocument, { orderId, quantity }: Hold): Promise<void> => {
    await stock.updateOne(
      { _id, holds: { $elemMatch: { orderId, quantity } } },
      { $inc: { available: quantity }, $pull: { holds: { orderId } }, $currentDate: { updatedAt: true } },
    );
  };

  const sellHeld = (orderId: string, { sku, location, quantity }: PlannedLine) =>
    stock.updateOne(
      { sku, location, holds: { $elemMatch: { orderId, quantity } }, "sales.orderId": { $ne: orderId } },
      {
        $inc: { onHand: -quantity },
        $pull: { holds: { orderId } },
        $push: { sales: { orderId, quantity, at: new Date() } },
      },
    );

  const sellFree = (orderId: string, { sku, location, quantity }: PlannedLine) =>
    stock.updateOne(
      { sku, location, available: { $gte: quantity }, "sales.orderId": { $ne: orderId } },
      {
        $inc: { onHand: -quantity, available: -quantity },
        $push: { sales: { orderId, quantity, at: new Date() } },
        $currentDate: { updatedAt: true },
      },
    );

  return {
    /** Whether the order now holds the line. False: too few, or the SKU is unknown. */
    async hold(orderId: string, { sku, location, quantity }: PlannedLine, until: Date): Promise<boolean> {
      const { matchedCount } = await stock.updateOne(
        {
          sku,
          location,
          available: { $gte: quantity },
          "holds.orderId": { $ne: orderId },
          "sales.orderId": { $ne: orderId },
        },
        {
          $inc: { available: -quantity },
          $push: { holds: { orderId, quantity, until } },
          $currentDate: { updatedAt: true },
        },
      );
      if (matchedCount === 1) return true;
      return (await stock.findOne({ sku, location, "holds.orderId": orderId }, { projection: { _id: 1 } })) !== null;
    },

    /** Gives back whatever the order still holds, wherever it is. */
    async dropHolds(orderId: string): Promise<void> {
      const documents = await stock.find({ "holds.orderId": orderId }).toArray();
      for (const document of documents) {
        for (const hold of document.holds) if (hold.orderId === orderId) await dropHold(document, hold);
      }
    },

    /** Whether the line is sold to the order: from its hold, else from what is free. */
    async sell(orderId: string, line: PlannedLine): Promise<boolean> {
      if ((await sellHeld(orderId, line)).matchedCount === 1) return true;
      if ((await sellFree(orderId, line)).matchedCount === 1) return true;
      const { sku, location } = line;
      return (await stock.findOne({ sku, location, "sales.orderId": orderId }, { projection: { _id: 1 } })) !== null;
    },

    /** Puts back what was sold to an order that is cancelled before it shipped. */
    async takeBack(orderId: string, { sku, location, quantity }: PlannedLine): Promise<void> {
      await stock.updateOne(
        { sku, location, "returns.orderId": { $ne: orderId } },
        {
          $inc: { onHand: quantity, available: quantity },
          $push: { returns: { orderId, quantity, at: new Date() } },
          $currentDate: { updatedAt: true },
        },
      );
    },

    async ofSkus(skus: readonly string[]): Promise<LocationStock[]> {
      const projection = { _id: 0, sku: 1, location: 1, available: 1 } as const;
      return stock.find({ sku: { $in: [...skus] } }, { projection }).toArray();
    },

    /** Orders whose holds ended before `cutoff`, each once. */
    async ordersHoldingSince(cutoff: Date, limit: number): Promise<{ orderId: string; until: Date }[]> {
      const documents = await stock
        .find({ holds: { $elemMatch: { until: { $lt: cutoff } } } }, { projection: { holds: 1 } })
        .limit(limit)
        .toArray();
      const expired = documents.flatMap(({ holds }) => holds.filter(({ until }) => until < cutoff));
      const byOrder = new Map(expired.map(({ orderId, until }) => [orderId, { orderId, until }]));
      return [...byOrder.values()];
    },
  };
}
