import { orderCancelled, orderRefundRequested } from "@tradepost/contracts/order";
import { type Consumer, defineConsumer } from "@tradepost/messaging/consumer-contract";
import type { UseCases } from "../compose.ts";

/**
 * Both ask Stripe, so neither may hold a transaction around its work, and both may run twice: Stripe's idempotency
 * keys and the unique refund id make that harmless.
 */
export function paymentConsumers(useCases: UseCases): Consumer[] {
  return [
    defineConsumer({
      service: "payment",
      name: "cancel-payment",
      events: [orderCancelled],
      handle: ({ payload }) => useCases.cancelPayment(payload.orderId),
    }),
    defineConsumer({
      service: "payment",
      name: "refund-payment",
      events: [orderRefundRequested],
      handle: ({ payload }) => useCases.refundPayment(payload),
    }),
  ];
}
