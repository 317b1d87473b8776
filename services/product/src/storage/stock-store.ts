import type { PlannedLine } from "../domain/reservation.ts";
import type { LocationStock } from "../domain/stock.ts";
import type { Collections, Hold, StockDocument } from "./mongo.ts";

export type StockStore = ReturnType<typeof createStockStore>;

/**
 * How often a line's stock document has forgotten marks; undefined without a document. Read it first, then that the
 * reservation still wants the write: the write then fails if the mark that would have stopped it was forgotten since.
 */
export type Fence = number | undefined;
export type SaleOutcome = "sold" | "short" | "stale";

const fencedBy = (fence: number) => (fence === 0 ? { $exists: false } : fence);
const isOf = (orderId: string) => (entry: { orderId: string }) => entry.orderId === orderId;

/** Every change is one atomic write to one document, and repeating it changes nothing. */
export function createStockStore({ stock }: Pick<Collections, "stock">) {
  const dropHold = async ({ _id }: StockDocument, { orderId, quantity }: Hold): Promise<void> => {
    await stock.updateOne(
      { _id, holds: { $elemMatch: { orderId, quantity } } },
      { $inc: { available: quantity }, $pull: { holds: { orderId } }, $currentDate: { updatedAt: true } },
    );
  };

  const sellHeld = async (orderId: string, { sku, location, quantity }: PlannedLine, fence: number) => {
    const { matchedCount } = await stock.updateOne(
      {
        sku,
        location,
        holds: { $elemMatch: { orderId, quantity } },
        "sales.orderId": { $ne: orderId },
        forgets: fencedBy(fence),
      },
      {
        $inc: { onHand: -quantity },
        $pull: { holds: { orderId } },
        $push: { sales: { orderId, quantity, at: new Date() } },
      },
    );
    return matchedCount === 1;
  };

  const sellFree = async (orderId: string, { sku, location, quantity }: PlannedLine, fence: number) => {
    const { matchedCount } = await stock.updateOne(
      {
        sku,
        location,
        available: { $gte: quantity },
        "sales.orderId": { $ne: orderId },
        forgets: fencedBy(fence),
      },
      {
        $inc: { onHand: -quantity, available: -quantity },
        $push: { sales: { orderId, quantity, at: new Date() } },
        $currentDate: { updatedAt: true },
      },
    );
    return matchedCount === 1;
  };

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

    async fencesOf(lines: readonly PlannedLine[]): Promise<(line: PlannedLine) => Fence> {
      const skus = lines.map(({ sku }) => sku);
      const projection = { _id: 0, sku: 1, location: 1, forgets: 1 } as const;
      const documents = await stock.find({ sku: { $in: skus } }, { projection }).toArray();
      const fences = new Map(documents.map(({ sku, location, forgets = 0 }) => [`${location} ${sku}`, forgets]));
      return ({ sku, location }) => fences.get(`${location} ${sku}`);
    },

    /** Sells the line from its hold, else from what is free. `stale`: what was known before it may not be true any more. */
    async sell(orderId: string, line: PlannedLine, fence: Fence): Promise<SaleOutcome> {
      const { sku, location, quantity } = line;
      for (;;) {
        if (fence !== undefined && (await sellHeld(orderId, line, fence))) return "sold";
        if (fence !== undefined && (await sellFree(orderId, line, fence))) return "sold";
        const document = await stock.findOne({ sku, location });
        if (document?.sales.some(isOf(orderId))) return "sold";
        if ((document ? (document.forgets ?? 0) : undefined) !== fence) return "stale";
        if (!document) return "short";
        // Units or the hold itself may have come between the two attempts.
        const isHeld = document.holds.some((hold) => hold.orderId === orderId && hold.quantity === quantity);
        if (!isHeld && document.available < quantity) return "short";
      }
    },

    /** Takes back a sale that its reservation does not count, where there is one. */
    async undoSale(orderId: string, { sku, location, quantity }: PlannedLine): Promise<void> {
      await stock.updateOne(
        { sku, location, sales: { $elemMatch: { orderId, quantity } } },
        {
          $inc: { onHand: quantity, available: quantity },
          $pull: { sales: { orderId } },
          $currentDate: { updatedAt: true },
        },
      );
    },

    /** Puts back what was sold to an order that is cancelled before it shipped. */
    async takeBack(
      orderId: string,
      { sku, location, quantity }: PlannedLine,
      fence: Fence,
    ): Promise<"returned" | "stale"> {
      if (fence !== undefined) {
        const { matchedCount } = await stock.updateOne(
          { sku, location, "returns.orderId": { $ne: orderId }, forgets: fencedBy(fence) },
          {
            $inc: { onHand: quantity, available: quantity },
            $push: { returns: { orderId, quantity, at: new Date() } },
            $currentDate: { updatedAt: true },
          },
        );
        if (matchedCount === 1) return "returned";
      }
      const document = await stock.findOne({ sku, location }, { projection: { forgets: 1, returns: 1 } });
      if (document?.returns.some(isOf(orderId))) return "returned";
      return (document ? (document.forgets ?? 0) : undefined) === fence ? "returned" : "stale";
    },

    async ofSkus(skus: readonly string[]): Promise<LocationStock[]> {
      const projection = { _id: 0, sku: 1, location: 1, available: 1 } as const;
      return stock.find({ sku: { $in: [...skus] } }, { projection }).toArray();
    },

    /** Orders whose holds ended before `cutoff`, each once, in the order of their ids. */
    async ordersHoldingSince(cutoff: Date): Promise<{ orderId: string; until: Date }[]> {
      const documents = stock.find({ holds: { $elemMatch: { until: { $lt: cutoff } } } }, { projection: { holds: 1 } });
      const byOrder = new Map<string, Date>();
      for await (const { holds } of documents) {
        for (const { orderId, until } of holds) if (until < cutoff) byOrder.set(orderId, until);
      }
      const orders = [...byOrder].map(([orderId, until]) => ({ orderId, until }));
      return orders.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    },
  };
}
