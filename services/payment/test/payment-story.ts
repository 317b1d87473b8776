import { randomUUIDv7 } from "node:crypto";
import { orderCancelled, orderRefundRequested } from "@tradepost/contracts/order";
import { PaymentHandle } from "@tradepost/contracts/payment";
import type { Stage } from "./payment-stage.ts";

export type Story = ReturnType<typeof createStory>;

/** What happens to a payment of 42.90 EUR, told in the words of a test. */
export function createStory(stage: Stage) {
  const create = async (orderId: string = randomUUIDv7()) => {
    const { id: intentId } = PaymentHandle.parse((await stage.create(orderId)).json());
    return { orderId, intentId };
  };
  const confirm = (intentId: string, card = "pm_card_visa") =>
    stage.stripe.paymentIntents.confirm(intentId, { payment_method: card, return_url: "https://shop.example/return" });
  const handle = (consumer: string, message: object) =>
    stage.consumers.find(({ name }) => name === consumer)!.handle(message as never);
  const envelope = (name: string, aggregateId: string) => ({
    ...{ id: randomUUIDv7(), name, version: 1, aggregateId, occurredAt: new Date().toISOString() },
  });
  const refundRequest = (orderId: string, cents: number, refundId: string = randomUUIDv7()) =>
    orderRefundRequested.envelope.parse({
      ...envelope("order.refund_requested", orderId),
      payload: { orderId, refundId, amount: { amount: cents, currency: "EUR" }, reason: "shopper" },
    });
  return {
    ...{ create, confirm, handle, refundRequest },
    /** Paid at Stripe, of which we have not heard. */
    pay: async (card?: string) => {
      const payment = await create();
      await confirm(payment.intentId, card);
      return payment;
    },
    /** Delivers Stripe's events about an intent, oldest first unless arranged otherwise. */
    tell: async (intentId: string, arrange = (newestFirst: object[]) => newestFirst.toReversed()) => {
      for (const event of arrange(await stage.eventsOf(intentId))) await stage.webhook(event);
    },
    /** The order is over, as its service tells. */
    cancel: (orderId: string) =>
      handle(
        "cancel-payment",
        orderCancelled.envelope.parse({
          ...envelope("order.cancelled", orderId),
          payload: { orderId, number: "7K2M-X9QD", reason: "payment_deadline", lines: [] },
        }),
      ),
    /** The order service asks for money to go back. */
    refund: (orderId: string, cents: number, refundId?: string) =>
      handle("refund-payment", refundRequest(orderId, cents, refundId)),
    keysOf: async (orderId: string) => (await stage.outboxOf(orderId)).map(({ routing_key }) => routing_key),
    statusOf: async (orderId: string) => (await stage.get(orderId)).json().status,
  };
}
