import type { Money } from "@tradepost/contracts/money";
import type { Transact } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { endOrder } from "./cancel-order.ts";
import { recordCapture } from "./record-capture.ts";

export interface ExpireOrderDeps {
  transact: Transact;
  findCapture: (orderId: string) => Promise<Money | null>;
  now: () => Date;
}

/**
 * Ends the waiting of an order whose time to pay has run out: cancels it, unless it ended meanwhile or was paid. The
 * payment service is asked, since the capture's event may be held up for longer than an order waits.
 */
export const expireOrder =
  ({ transact, findCapture, now }: ExpireOrderDeps) =>
  async (orderId: string): Promise<void> => {
    const amount = await findCapture(orderId);
    await transact(async (tx) => {
      const order = await lockOrder(tx, orderId);
      const isWaiting = order?.status === "placing" || order?.status === "awaiting_payment";
      if (!order || !isWaiting || order.payBy > now()) return;
      if (amount?.amount === order.totalCents) await recordCapture({ now })(tx, { orderId, amount });
      else await endOrder(tx, order, "payment_deadline", now());
    });
  };
