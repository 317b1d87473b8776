import type { OrderStatus } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { isOver } from "../domain/order-status.ts";
import { findOrder } from "../storage/order-repository.ts";

/** Where an order stands, for the sweepers of stock and payments. Throws 404. */
export const getOrderState =
  ({ sql }: { sql: Sql }) =>
  async (orderId: string): Promise<{ orderId: string; status: OrderStatus; over: boolean }> => {
    const order = await findOrder(sql, orderId);
    if (!order) throw new AppError(404, "order.not_found", "There is no such order");
    return { orderId, status: order.status, over: isOver(order.status) };
  };
