import type { Payload } from "@tradepost/contracts/event";
import { orderConfirmed } from "@tradepost/contracts/order";
import type { paymentCaptured } from "@tradepost/contracts/payment";
import { addToOutbox } from "@tradepost/postgres/outbox";
import type { Sql } from "@tradepost/postgres/sql";
import { type Order, onCapture, stockLinesOf } from "../domain/order.ts";
import { lockOrder, moveOrder, noteCapture } from "../storage/order-repository.ts";
import { refundRest } from "./cancel-order.ts";

/**
 * Step 7 of a purchase: the money is there. Confirms the order and tells everyone, or sends the money back when the
 * order is over. Runs in the transaction that claims the event.
 */
export const recordCapture =
  ({ now }: { now: () => Date }) =>
  async (tx: Sql, capture: Pick<Payload<typeof paymentCaptured>, "orderId" | "amount">): Promise<void> => {
    const order = await lockOrder(tx, capture.orderId);
    if (!order) throw new Error(`order ${capture.orderId} is missing`);
    await noteCapture(tx, order.id, capture.amount.amount);
    const outcome = onCapture(order, capture.amount.amount);
    if (outcome.kind === "refund") await refundRest(tx, order, capture.amount.amount, outcome.reason, now());
    if (outcome.kind !== "confirm") return;
    let moved = order;
    for (const move of outcome.moves) moved = await moveOrder(tx, moved, move, now());
    await announce(tx, moved);
  };

async function announce(tx: Sql, order: Order): Promise<void> {
  await addToOutbox(tx, orderConfirmed, {
    aggregateId: order.id,
    payload: {
      orderId: order.id,
      number: order.number,
      userId: order.userId,
      cartId: order.cartId,
      lines: stockLinesOf(order),
      total: { amount: order.totalCents, currency: order.currency },
    },
  });
}
