import type { Payload } from "@tradepost/contracts/event";
import type { stockShortfall } from "@tradepost/contracts/product";
import type { Sql } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { endOrder } from "./cancel-order.ts";

/** A paid order whose units are not there after all: it is cancelled and refunded, and the shopper is told. */
export const refundShortfall =
  ({ now }: { now: () => Date }) =>
  async (tx: Sql, shortfall: Payload<typeof stockShortfall>): Promise<void> => {
    const order = await lockOrder(tx, shortfall.orderId);
    if (!order) throw new Error(`order ${shortfall.orderId} is missing`);
    if (order.status === "confirmed") await endOrder(tx, order, "stock_shortfall", now());
  };
