import type { PlannedLine } from "../domain/reservation.ts";
import type { Collections } from "./mongo.ts";

export type MovementStore = ReturnType<typeof createMovementStore>;

const BATCH = 500;

/** The marks that sales and returns leave in stock documents, for taking them away again in time. */
export function createMovementStore({ stock }: Pick<Collections, "stock">) {
  /** Counted in the same write, so that who decided on a sale or a return before finds its ground gone. */
  const forget = async (
    field: "sales" | "returns",
    orderIds: readonly string[],
    line?: Pick<PlannedLine, "sku" | "location">,
  ): Promise<void> => {
    if (orderIds.length === 0) return;
    const orderId = { $in: [...orderIds] };
    const where = line ? { sku: line.sku, location: line.location } : {};
    await stock.updateMany(
      { ...where, [`${field}.orderId`]: orderId },
      { $pull: { [field]: { orderId } }, $inc: { forgets: 1 } },
    );
  };

  return {
    /** Whose marks in the next documents after `after` are older than `cutoff`; the last of all is followed by "". */
    async ordersMovedBefore(cutoff: Date, after: string): Promise<{ orderIds: string[]; lastDocument: string }> {
      const documents = await stock
        .find(
          { _id: { $gt: after }, $or: [{ "sales.at": { $lt: cutoff } }, { "returns.at": { $lt: cutoff } }] },
          { projection: { sales: 1, returns: 1 } },
        )
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray();
      const old = documents.flatMap(({ sales, returns }) => [...sales, ...returns].filter(({ at }) => at < cutoff));
      const orderIds = [...new Set(old.map(({ orderId }) => orderId))];
      return { orderIds, lastDocument: documents.length === BATCH ? (documents.at(-1)?._id ?? "") : "" };
    },

    /** Everywhere, or only where the line is. */
    forgetSales: (orderIds: readonly string[], line?: PlannedLine) => forget("sales", orderIds, line),
    forgetReturns: (orderIds: readonly string[]) => forget("returns", orderIds),
  };
}
