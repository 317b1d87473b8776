import { CallFailed } from "@tradepost/api-client/call-error";
import type { Client } from "@tradepost/api-client/client";
import { getOrderState, listOrderStates } from "@tradepost/contracts/order";
import type { RouteOutput } from "@tradepost/contracts/route";
import type { OrderFacts } from "../domain/compare-stock.ts";

export type OrderStanding = "over" | "open" | "unknown";
export type ChangedOrder = RouteOutput<typeof listOrderStates>["items"][number];

const PAGE = 500;

/** Where the order stands; null when the order service answers that it has no such order. */
export const findOrder =
  (callOrders: Client) =>
  async (orderId: string): Promise<OrderFacts | null> => {
    try {
      return await callOrders(getOrderState, { params: { orderId } });
    } catch (error) {
      if (error instanceof CallFailed && error.status === 404 && error.problem.code === "order.not_found") return null;
      throw error;
    }
  };

/** Asks the order service whether an order is over. `unknown`: it answers that it has no such order. */
export const askOrderStanding =
  (callOrders: Client) =>
  async (orderId: string): Promise<OrderStanding> => {
    const order = await findOrder(callOrders)(orderId);
    return order === null ? "unknown" : order.over ? "over" : "open";
  };

/** The orders that changed from `since` to `until` (ISO 8601), a page at a time. */
export const listChangedOrders = (callOrders: Client) =>
  async function* (since: string, until: string): AsyncGenerator<ChangedOrder[]> {
    let cursor: string | null = null;
    do {
      const query = { since, until, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      const page: RouteOutput<typeof listOrderStates> = await callOrders(listOrderStates, { query });
      yield page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  };
