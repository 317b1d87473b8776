import type { StaffAction } from "@tradepost/contracts/audit";
import type { RefundOrder, StaffOrder } from "@tradepost/contracts/order";
import { recordStaffWrite } from "@tradepost/postgres/audit";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { ERASED, isAnonymous } from "../domain/anonymity.ts";
import { assertRefundable, refundableCents } from "../domain/refund.ts";
import { listRefunds, sumRefunds } from "../storage/refund-repository.ts";
import { answerOnce } from "./answer-once.ts";
import { getStaffOrder, lockAnyOrder } from "./get-staff-order.ts";
import { requestRefund } from "./request-refund.ts";

export interface RefundOrderDeps {
  sql: Sql;
  transact: Transact;
  now: () => Date;
}

/**
 * A member of staff sends a part of what was captured back, or all of it. The order's row is locked, so several at once,
 * and a cancellation beside them, never give back more than came in. Throws as assertRefundable, and 404.
 */
export const refundOrder =
  (deps: RefundOrderDeps) =>
  async (action: StaffAction, idempotencyKey: string, orderId: string, command: RefundOrder): Promise<StaffOrder> => {
    const request = { refund: orderId, ...command };
    return answerOnce(deps)({ caller: `staff:${action.actorId}`, key: idempotencyKey, request }, async (refundId) => {
      await deps.transact(async (tx) => {
        const order = await lockAnyOrder(tx, orderId);
        // A crash may have come between the refund's request and the answer.
        if ((await listRefunds(tx, orderId)).some(({ id }) => id === refundId)) return;
        const askedBackCents = await sumRefunds(tx, orderId);
        assertRefundable(order, askedBackCents, command.amount);
        const at = deps.now();
        await requestRefund(tx, order, {
          ...{ id: refundId, amountCents: command.amount.amount },
          reason: isAnonymous(order) ? ERASED : command.reason,
          ...{ requestedAt: at, requestedBy: action.actorId },
        });
        const left = (askedBack: number) => ({
          refundable: { amount: refundableCents(order, askedBack), currency: order.currency },
        });
        await recordStaffWrite(tx, action, {
          ...{ subject: `order:${orderId}`, before: left(askedBackCents), at },
          after: { ...left(askedBackCents + command.amount.amount), refundId },
        });
      });
      return { kind: "done", answer: await getStaffOrder(deps)(orderId) };
    });
  };
