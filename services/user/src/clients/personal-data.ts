import type { Client } from "@tradepost/api-client/client";
import { exportCart } from "@tradepost/contracts/cart";
import { exportOrders, type OrderRecord } from "@tradepost/contracts/order";
import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";

/** What other services keep about a person. Both throw 503 `export.incomplete` when not all of it can be had. */
export interface PersonalDataSources {
  ordersOf: (userId: string) => Promise<OrderRecord[]>;
  cartOf: (userId: string) => Promise<StockLine[]>;
}

/** For all calls of one export together; the gateway waits for longer. */
const EXPORT_WITHIN_MS = 20_000;

export const createPersonalDataSources = (clients: { order: Client; cart: Client }): PersonalDataSources => ({
  ordersOf: (userId) =>
    wholly(async () => {
      const signal = AbortSignal.timeout(EXPORT_WITHIN_MS);
      const orders: OrderRecord[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { limit: 50, ...(cursor ? { cursor } : {}) };
        const page = await clients.order(exportOrders, { params: { userId }, query }, { signal });
        orders.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return orders;
    }),
  cartOf: (userId) => wholly(async () => (await clients.cart(exportCart, { params: { userId } })).lines),
});

const wholly = <T>(read: () => Promise<T>): Promise<T> =>
  read().catch((cause: unknown) => {
    throw new AppError(503, "export.incomplete", "Not everything can be gathered just now; ask again a little later", {
      headers: { "retry-after": "30" },
      cause,
    });
  });
