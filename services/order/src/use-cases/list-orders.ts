import type { OrderSummary } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { z } from "zod";
import type { Order } from "../domain/order.ts";
import { listOrdersOfUser } from "../storage/order-repository.ts";

/** A page of the shopper's orders, newest first. The cursor is the last order's id; 400 for one that is not. */
export const listOrders =
  ({ sql }: { sql: Sql }) =>
  async (userId: string, page: { cursor?: string | undefined; limit: number }) => {
    const beforeId = readOrderCursor(page.cursor);
    const orders = await listOrdersOfUser(sql, { userId, beforeId, limit: page.limit + 1 });
    const { items, nextCursor } = pageByOrderId(orders, page.limit);
    return { items: items.map(toSummary), nextCursor };
  };

/** The first `limit` of one more orders than that, and where the page after them begins. */
export function pageByOrderId(orders: readonly Order[], limit: number): { items: Order[]; nextCursor: string | null } {
  const items = orders.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: orders.length > limit && last ? Buffer.from(last.id).toString("base64url") : null };
}

export function readOrderCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = z.uuid().safeParse(Buffer.from(cursor, "base64url").toString());
  if (id.success) return id.data;
  throw new AppError(400, "request.invalid", "The request is not valid", {
    errors: [{ path: "querystring.cursor", message: "is not a cursor of this list" }],
  });
}

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
