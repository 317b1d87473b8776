import type { StaffAction } from "@tradepost/contracts/audit";
import { orderShipped, type ShipOrder, type StaffOrder } from "@tradepost/contracts/order";
import { recordStaffWrite } from "@tradepost/postgres/audit";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { ship, trackingUrlOf } from "../domain/fulfilment.ts";
import { type Order, stockLinesOf } from "../domain/order.ts";
import { moveOrder } from "../storage/order-repository.ts";
import { insertShipment, listShipments } from "../storage/shipment-repository.ts";
import { answerOnce } from "./answer-once.ts";
import { getStaffOrder, lockAnyOrder } from "./get-staff-order.ts";

export interface ShipOrderDeps {
  sql: Sql;
  transact: Transact;
  now: () => Date;
}

/**
 * A confirmed order leaves the house, all of it in one parcel; the shopper is told by `order.shipped`. From then on it
 * cannot be cancelled. Throws 404, and 409 `order.not_shippable`.
 */
export const shipOrder =
  (deps: ShipOrderDeps) =>
  async (action: StaffAction, idempotencyKey: string, orderId: string, parcel: ShipOrder): Promise<StaffOrder> => {
    const request = { ship: orderId, ...parcel };
    return answerOnce(deps)({ caller: `staff:${action.actorId}`, key: idempotencyKey, request }, async (shipmentId) => {
      await deps.transact(async (tx) => {
        const order = await lockAnyOrder(tx, orderId);
        // A crash may have come between the shipment and the answer.
        if ((await listShipments(tx, orderId)).some(({ id }) => id === shipmentId)) return;
        const at = deps.now();
        await handOver(tx, order, shipmentId, parcel, { at, staffId: action.actorId });
        await recordStaffWrite(tx, action, {
          ...{ subject: `order:${orderId}`, before: { status: order.status }, at },
          after: { status: "shipped", shipmentId, carrier: parcel.carrier },
        });
      });
      return { kind: "done", answer: await getStaffOrder(deps)(orderId) };
    });
  };

async function handOver(tx: Sql, order: Order, id: string, parcel: ShipOrder, by: { at: Date; staffId: string }) {
  const { carrier, trackingNumber, trackingUrl = trackingUrlOf(carrier, trackingNumber) } = parcel;
  const shipment = { carrier, trackingNumber, trackingUrl };
  let moved = order;
  for (const move of ship(order, carrier)) moved = await moveOrder(tx, moved, move, by.at);
  await insertShipment(tx, { id, orderId: order.id, ...shipment, shippedAt: by.at, shippedBy: by.staffId });
  await addToOutbox(tx, orderShipped, {
    aggregateId: order.id,
    payload: {
      ...{ orderId: order.id, number: order.number, shipmentId: id, ...shipment },
      ...{ lines: stockLinesOf(order), shippedAt: by.at.toISOString() },
    },
  });
}
