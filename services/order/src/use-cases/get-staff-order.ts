import type { RefundRequest, StaffOrder } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Order } from "../domain/order.ts";
import { refundableCents } from "../domain/refund.ts";
import { findOrder, listHistory, lockOrder } from "../storage/order-repository.ts";
import { listRefunds, type RefundRow, sumRefunds } from "../storage/refund-repository.ts";
import { listShipments } from "../storage/shipment-repository.ts";
import { toOrderView } from "./get-order.ts";

/** Any order as staff see it: with its history and what became of its money. Throws 404. */
export const getStaffOrder =
  ({ sql }: { sql: Sql }) =>
  async (orderId: string): Promise<StaffOrder> => {
    const order = await findOrder(sql, orderId);
    if (!order) throw notFound();
    const refunds = await listRefunds(sql, orderId);
    const money = (amount: number) => ({ amount, currency: order.currency });
    return {
      ...toOrderView(order, refunds, await listShipments(sql, orderId)),
      userId: order.userId,
      captured: money(order.capturedCents),
      refundable: money(refundableCents(order, await sumRefunds(sql, orderId))),
      refundRequests: refunds.map((refund) => toRequest(refund, money(refund.amount_cents))),
      history: (await listHistory(sql, orderId)).map(({ to, reason, at }) => ({
        status: to,
        reason,
        at: at.toISOString(),
      })),
    };
  };

/** Locks the order until the transaction ends. Throws 404. */
export async function lockAnyOrder(tx: Sql, orderId: string): Promise<Order> {
  const order = await lockOrder(tx, orderId);
  if (!order) throw notFound();
  return order;
}

const notFound = () => new AppError(404, "order.not_found", "There is no such order");

function toRequest(refund: RefundRow, amount: RefundRequest["amount"]): RefundRequest {
  const settledAt = refund.failed_at ?? refund.refunded_at;
  return {
    ...{ id: refund.id, amount, reason: refund.reason, requestedBy: refund.requested_by, failure: refund.failure },
    status: refund.failed_at ? "failed" : refund.refunded_at ? "refunded" : "requested",
    requestedAt: refund.requested_at.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
