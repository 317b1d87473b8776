import type { StaffAction } from "@tradepost/contracts/audit";
import type { StaffOrder } from "@tradepost/contracts/order";
import { recordStaffWrite } from "@tradepost/postgres/audit";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { deliver } from "../domain/fulfilment.ts";
import { moveOrder } from "../storage/order-repository.ts";
import { noteDelivery } from "../storage/shipment-repository.ts";
import { answerOnce } from "./answer-once.ts";
import { getStaffOrder, lockAnyOrder } from "./get-staff-order.ts";

export interface RecordDeliveryDeps {
  sql: Sql;
  transact: Transact;
  now: () => Date;
}

/** Notes that a shipped order has arrived. Throws 404, and 409 `order.not_shipped`. */
export const recordDelivery =
  (deps: RecordDeliveryDeps) =>
  async (action: StaffAction, idempotencyKey: string, orderId: string): Promise<StaffOrder> => {
    const request = { deliver: orderId };
    return answerOnce(deps)({ caller: `staff:${action.actorId}`, key: idempotencyKey, request }, async () => {
      await deps.transact(async (tx) => {
        const order = await lockAnyOrder(tx, orderId);
        // A crash may have come between the note and the answer.
        if (order.status === "delivered") return;
        const at = deps.now();
        await moveOrder(tx, order, deliver(order), at);
        await noteDelivery(tx, orderId, at);
        const change = { before: { status: order.status }, after: { status: "delivered" } };
        await recordStaffWrite(tx, action, { subject: `order:${orderId}`, ...change, at });
      });
      return { kind: "done", answer: await getStaffOrder(deps)(orderId) };
    });
  };
