import type { Order as OrderView, Shipment } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { isOrderToken } from "../domain/caller.ts";
import type { Order } from "../domain/order.ts";
import { undeliveredRefunds } from "../domain/refund.ts";
import { findOrder } from "../storage/order-repository.ts";
import { fateOf, listRefunds, type RefundRow } from "../storage/refund-repository.ts";
import { listShipments, type ShipmentRow } from "../storage/shipment-repository.ts";

/** Who asks for an order: its shopper, or whoever holds the token that came with it. */
export interface OrderReader {
  userId: string | null;
  orderToken: string | undefined;
}

export interface GetOrderDeps {
  sql: Sql;
  orderTokenKey: string;
}

/** The caller's order. Throws 404 for one that is not there and for one that is not theirs alike. */
export const findOwnOrder =
  ({ sql, orderTokenKey }: GetOrderDeps) =>
  async (reader: OrderReader, orderId: string): Promise<Order> => {
    const order = await findOrder(sql, orderId);
    const isTheirs = order && reader.userId !== null && order.userId === reader.userId;
    if (!order || !(isTheirs || isOrderToken(reader.orderToken, orderId, orderTokenKey)))
      throw new AppError(404, "order.not_found", "There is no such order");
    return order;
  };

export const getOrder =
  (deps: GetOrderDeps) =>
  async (reader: OrderReader, orderId: string): Promise<OrderView> =>
    toOrderView(
      await findOwnOrder(deps)(reader, orderId),
      await listRefunds(deps.sql, orderId),
      await listShipments(deps.sql, orderId),
    );

export function toOrderView(
  order: Order,
  refunds: readonly RefundRow[],
  shipments: readonly ShipmentRow[] = [],
): OrderView {
  const money = (amount: number) => ({ amount, currency: order.currency });
  const { id, number, status, email, shippingAddress, billingAddress, lines, discounts, shippingOption } = order;
  return {
    ...{ id, number, status, email, shippingAddress, billingAddress, lines, discounts, shippingOption },
    placedAt: order.placedAt.toISOString(),
    subtotal: money(order.subtotalCents),
    shipping: money(order.shippingCents),
    tax: money(order.taxCents),
    taxIncluded: order.taxIncluded,
    total: money(order.totalCents),
    refunds: refunds.flatMap(({ refunded_at, failed_at, amount_cents, reason }) =>
      refunded_at && !failed_at ? [{ amount: money(amount_cents), at: refunded_at.toISOString(), reason }] : [],
    ),
    ...undeliveredOf(order, refunds),
    shipments: shipments.map(toShipment),
    smsUpdates: order.smsUpdates,
    payBy: status === "placing" || status === "awaiting_payment" ? order.payBy.toISOString() : null,
    cancelReason: order.cancelReason,
  };
}

function undeliveredOf(order: Order, refunds: readonly RefundRow[]): Pick<OrderView, "undeliveredRefunds"> {
  const owed = undeliveredRefunds(order.capturedCents, refunds.map(fateOf));
  if (owed.length === 0) return {};
  return {
    undeliveredRefunds: owed.map(({ amountCents, failedAt }) => ({
      amount: { amount: amountCents, currency: order.currency },
      at: failedAt.toISOString(),
    })),
  };
}

const toShipment = (row: ShipmentRow): Shipment => ({
  ...{ id: row.id, carrier: row.carrier, trackingNumber: row.tracking_number, trackingUrl: row.tracking_url },
  shippedAt: row.shipped_at.toISOString(),
  deliveredAt: row.delivered_at?.toISOString() ?? null,
});
