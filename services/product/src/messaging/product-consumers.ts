import { orderCancelled, orderConfirmed } from "@tradepost/contracts/order";
import { type Consumer, defineConsumer } from "@tradepost/messaging/consumer-contract";
import { waitWhileUnavailable } from "@tradepost/service-runtime/unavailable";
import type { UseCases } from "../compose.ts";

/** What the product service does when something happened. Both use cases find by themselves what was done before. */
export const productConsumers = (useCases: Pick<UseCases, "sellHold" | "releaseHold">): Consumer[] => [
  defineConsumer({
    service: "product",
    name: "sell-hold",
    events: [orderConfirmed],
    handle: waitWhileUnavailable(({ payload }) => useCases.sellHold(payload.orderId, payload.lines)),
  }),
  defineConsumer({
    service: "product",
    name: "release-hold",
    events: [orderCancelled],
    handle: waitWhileUnavailable(({ payload }) => useCases.releaseHold(payload.orderId, payload.lines)),
  }),
];
