import { randomUUIDv7 } from "node:crypto";
import { type Order as OrderView, orderCancelled } from "@tradepost/contracts/order";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { type CancelReason, cancel, type Order, stockLinesOf } from "../domain/order.ts";
import { lockOrder, moveOrder } from "../storage/order-repository.ts";
import { sumRefunds } from "../storage/refund-repository.ts";
import { answerOnce } from "./answer-once.ts";
import { findOwnOrder, type GetOrderDeps, getOrder, type OrderReader } from "./get-order.ts";
import { requestRefund } from "./request-refund.ts";

export interface CancelOrderDeps extends GetOrderDeps {
  transact: Transact;
  now: () => Date;
}

/** The shopper gives up before the order ships; what was paid is refunded. */
export const cancelOrder =
  (deps: CancelOrderDeps) =>
  async (reader: OrderReader, idempotencyKey: string, orderId: string): Promise<OrderView> => {
    await findOwnOrder(deps)(reader, orderId);
    return answerOnce(deps)({ caller: `order:${orderId}`, key: idempotencyKey, request: "cancellation" }, async () => {
      await deps.transact(async (tx) => {
        const order = await lockOrder(tx, orderId);
        // A crash may have come between the cancellation and the answer.
        if (order && order.status !== "cancelled") await endOrder(tx, order, "shopper", deps.now());
      });
      return { kind: "done", answer: await getOrder(deps)(reader, orderId) };
    });
  };

/**
 * Cancels a locked order and tells everyone in the same transaction: the product service releases or takes back the
 * stock, the payment service cancels the payment or refunds it.
 */
export async function endOrder(tx: Sql, order: Order, reason: CancelReason, at: Date): Promise<void> {
  const { move, refundCents } = cancel(order, reason);
  await moveOrder(tx, order, move, at);
  await addToOutbox(tx, orderCancelled, {
    aggregateId: order.id,
    payload: { orderId: order.id, number: order.number, reason, lines: stockLinesOf(order) },
  });
  if (refundCents > 0) await refundRest(tx, order, refundCents, reason, at);
}

/** Asks the payment service to send back what is left of a capture. The order must be locked. */
export async function refundRest(
  tx: Sql,
  order: Order,
  capturedCents: number,
  reason: string,
  at: Date,
): Promise<void> {
  const amountCents = capturedCents - (await sumRefunds(tx, order.id));
  if (amountCents <= 0) return;
  await requestRefund(tx, order, { id: randomUUIDv7(), amountCents, reason, requestedAt: at, requestedBy: null });
}
