import { CallFailed } from "@tradepost/api-client/call-error";
import type { Client } from "@tradepost/api-client/client";
import { getOrderState } from "@tradepost/contracts/order";

export type OrderStanding = "over" | "open" | "unknown";

/** Asks the order service whether an order is over. `unknown`: it answers that it has no such order. */
export const askOrderStanding =
  (callOrders: Client) =>
  async (orderId: string): Promise<OrderStanding> => {
    try {
      const { over } = await callOrders(getOrderState, { params: { orderId } });
      return over ? "over" : "open";
    } catch (error) {
      if (error instanceof CallFailed && error.status === 404 && error.problem.code === "order.not_found")
        return "unknown";
      throw error;
    }
  };
