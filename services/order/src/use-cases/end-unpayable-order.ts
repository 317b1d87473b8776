import type { Payload } from "@tradepost/contracts/event";
import type { paymentCancelled } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { endOrder } from "./cancel-order.ts";

/** The payment was cancelled at the provider, so an order that waits for it can never be paid. */
export const endUnpayableOrder =
  ({ now }: { now: () => Date }) =>
  async (tx: Sql, { orderId }: Payload<typeof paymentCancelled>): Promise<void> => {
    const order = await lockOrder(tx, orderId);
    if (order?.status === "placing" || order?.status === "awaiting_payment")
      await endOrder(tx, order, "payment_cancelled", now());
  };
