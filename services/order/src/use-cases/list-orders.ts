import type { OrderSummary } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { idCursor, readPage } from "@tradepost/service-runtime/list-page";
import type { z } from "zod";
import type { Order } from "../domain/order.ts";
import { listOrdersOfUser } from "../storage/order-repository.ts";

/** A page of the shopper's orders, newest first. The cursor is the last order's id; 400 for one that is not. */
export const listOrders =
  ({ sql }: { sql: Sql }) =>
  async (userId: string, page: { cursor?: string | undefined; limit: number }) => {
    const { items, nextCursor } = await readPage(page, idCursor, ({ after, limit }) =>
      listOrdersOfUser(sql, { userId, beforeId: after?.id ?? null, limit }),
    );
    return { items: items.map(toSummary), nextCursor };
  };

function toSummary(order: Order): z.output<typeof OrderSummary> {
  const [first] = order.lines;
  if (!first) throw new Error(`order ${order.id} has no lines`);
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    placedAt: order.placedAt.toISOString(),
    total: { amount: order.totalCents, currency: order.currency },
    itemCount: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    image: first.image,
  };
}
