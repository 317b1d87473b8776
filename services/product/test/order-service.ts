import type { AddressInfo } from "node:net";
import { getOrderState, listOrderStates, type OrderStatus } from "@tradepost/contracts/order";
import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { createLogger } from "@tradepost/service-runtime/logger";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { KEY } from "./product-service.ts";
import { newOrder } from "./stock-harness.ts";

interface KnownOrder {
  orderId: string;
  status: OrderStatus;
  /** Where it stands by the time that it is asked about by itself. */
  statusNow?: OrderStatus;
  lines: StockLine[];
  changedAt: Date;
}

const isOver = (status: OrderStatus) => status === "rejected" || status === "cancelled";

/** The order service's internal routes over HTTP, with the orders that a test gives it; two to a page. */
export async function startOrderService() {
  const orders: KnownOrder[] = [];
  const serviceTokens = createServiceTokens({ name: "order", key: KEY });
  const app = createServiceApp({
    name: "order",
    logger: createLogger({ service: "order", level: "silent" }),
    serviceTokens,
  });
  mountRoute(app, getOrderState, async ({ params: { orderId } }) => {
    const order = orders.find((known) => known.orderId === orderId);
    if (!order) throw new AppError(404, "order.not_found", "There is no such order");
    const status = order.statusNow ?? order.status;
    return { orderId, status, over: isOver(status) };
  });
  mountRoute(app, listOrderStates, async ({ query }) => {
    const from = Number(query.cursor ?? 0);
    const inTime = orders.filter(
      ({ changedAt }) => changedAt >= new Date(query.since) && changedAt <= new Date(query.until),
    );
    const page = inTime.slice(from, from + Math.min(2, query.limit));
    return {
      items: page.map(({ orderId, status, lines, changedAt }) => ({
        ...{ orderId, status, lines, over: isOver(status) },
        changedAt: changedAt.toISOString(),
      })),
      nextCursor: from + page.length < inTime.length ? String(from + page.length) : null,
    };
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    orders,
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    stop: () => app.close(),
    /** An order that changed five minutes ago, and its id. */
    add(status: OrderStatus, lines: StockLine[], more: Partial<KnownOrder> = {}): string {
      const order = { orderId: newOrder(), status, lines, changedAt: new Date(Date.now() - 300_000), ...more };
      orders.push(order);
      return order.orderId;
    },
  };
}
