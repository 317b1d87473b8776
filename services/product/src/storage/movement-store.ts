import type { Collections } from "./mongo.ts";

export type MovementStore = ReturnType<typeof createMovementStore>;

/** The marks that sales and returns leave in stock documents, for taking them away again in time. */
export function createMovementStore({ stock }: Pick<Collections, "stock">) {
  return {
    async ordersMovedBefore(cutoff: Date, limit: number): Promise<string[]> {
      const documents = await stock
        .find(
          { $or: [{ "sales.at": { $lt: cutoff } }, { "returns.at": { $lt: cutoff } }] },
          { projection: { sales: 1, returns: 1 } },
        )
        .limit(limit)
        .toArray();
      const old = documents.flatMap(({ sales, returns }) => [...sales, ...returns].filter(({ at }) => at < cutoff));
      return [...new Set(old.map(({ orderId }) => orderId))];
    },

    async forgetSales(orderIds: readonly string[]): Promise<void> {
      const orderId = { $in: [...orderIds] };
      await stock.updateMany({ "sales.orderId": orderId }, { $pull: { sales: { orderId } } });
    },

    async forgetReturns(orderIds: readonly string[]): Promise<void> {
      const orderId = { $in: [...orderIds] };
      await stock.updateMany({ "returns.orderId": orderId }, { $pull: { returns: { orderId } } });
    },
  };
}
