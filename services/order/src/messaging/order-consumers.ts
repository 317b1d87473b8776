import { orderCancelled, orderConfirmed, orderShipped } from "@tradepost/contracts/order";
import { paymentCancelled, paymentCaptured, paymentRefunded, paymentRefundFailed } from "@tradepost/contracts/payment";
import { stockShortfall } from "@tradepost/contracts/product";
import { userErased } from "@tradepost/contracts/user";
import { type Consumer, defineConsumer } from "@tradepost/messaging/consumer-contract";
import { handleOnce } from "@tradepost/postgres/inbox";
import type { Transact } from "@tradepost/postgres/sql";
import type { UseCases } from "../compose.ts";

/** What the order service does when something happened. Effects in the database are applied once by their inbox row. */
export function orderConsumers(transact: Transact, useCases: UseCases): Consumer[] {
  return [
    defineConsumer({
      service: "order",
      name: "record-capture",
      events: [paymentCaptured],
      handle: handleOnce(transact, "order.record-capture", paymentCaptured, useCases.recordCapture),
    }),
    defineConsumer({
      service: "order",
      name: "record-refund",
      events: [paymentRefunded],
      handle: handleOnce(transact, "order.record-refund", paymentRefunded, useCases.recordRefund),
    }),
    defineConsumer({
      service: "order",
      name: "record-refund-failure",
      events: [paymentRefundFailed],
      handle: handleOnce(transact, "order.record-refund-failure", paymentRefundFailed, useCases.recordRefundFailure),
    }),
    defineConsumer({
      service: "order",
      name: "end-unpayable-order",
      events: [paymentCancelled],
      handle: handleOnce(transact, "order.end-unpayable-order", paymentCancelled, useCases.endUnpayableOrder),
    }),
    defineConsumer({
      service: "order",
      name: "refund-shortfall",
      events: [stockShortfall],
      handle: handleOnce(transact, "order.refund-shortfall", stockShortfall, useCases.refundShortfall),
    }),
    defineConsumer({
      service: "order",
      name: "erase-shopper",
      events: [userErased],
      handle: handleOnce(transact, "order.erase-shopper", userErased, useCases.eraseShopper),
    }),
    ...mailConsumers(useCases),
    ...textConsumers(useCases),
  ];
}

const mailConsumers = ({ mailShopper }: UseCases): Consumer[] => [
  defineConsumer({
    service: "order",
    name: "mail-confirmation",
    events: [orderConfirmed],
    handle: ({ id, payload }) => mailShopper({ id, orderId: payload.orderId }, { template: "order-confirmed" }),
  }),
  defineConsumer({
    service: "order",
    name: "mail-shipping",
    events: [orderShipped],
    handle: ({ id, payload }) =>
      mailShopper({ id, orderId: payload.orderId }, { template: "order-shipped", shipment: payload }),
  }),
  defineConsumer({
    service: "order",
    name: "mail-cancellation",
    events: [orderCancelled],
    handle: ({ id, payload }) => mailShopper({ id, orderId: payload.orderId }, { template: "order-cancelled" }),
  }),
  defineConsumer({
    service: "order",
    name: "mail-refund",
    events: [paymentRefunded],
    handle: ({ id, payload }) =>
      mailShopper({ id, orderId: payload.orderId }, { template: "order-refunded", refundCents: payload.amount.amount }),
  }),
  defineConsumer({
    service: "order",
    name: "mail-refund-failure",
    events: [paymentRefundFailed],
    handle: async ({ id, payload: { orderId, providerRefundId, amount } }) => {
      // What the provider refused at once goes back in another way: by a dispute, or it has gone already.
      if (providerRefundId === null) return;
      await mailShopper({ id, orderId }, { template: "order-refund-failed", refundCents: amount.amount });
    },
  }),
];

/** Queues of their own, so that no mail ever waits for text messages. */
const textConsumers = ({ textShopper }: UseCases): Consumer[] => [
  defineConsumer({
    service: "order",
    name: "text-confirmation",
    events: [orderConfirmed],
    handle: ({ id, occurredAt, payload }) =>
      textShopper({ id, occurredAt, orderId: payload.orderId }, { template: "order-confirmed" }),
  }),
  defineConsumer({
    service: "order",
    name: "text-shipping",
    events: [orderShipped],
    handle: ({ id, occurredAt, payload }) =>
      textShopper(
        { id, occurredAt, orderId: payload.orderId },
        { template: "order-shipped", carrier: payload.carrier },
      ),
  }),
  defineConsumer({
    service: "order",
    name: "text-cancellation",
    events: [orderCancelled],
    handle: ({ id, occurredAt, payload }) =>
      textShopper({ id, occurredAt, orderId: payload.orderId }, { template: "order-cancelled" }),
  }),
  defineConsumer({
    service: "order",
    name: "text-refund",
    events: [paymentRefunded],
    handle: ({ id, occurredAt, payload }) =>
      textShopper({ id, occurredAt, orderId: payload.orderId }, { template: "order-refunded" }),
  }),
];
