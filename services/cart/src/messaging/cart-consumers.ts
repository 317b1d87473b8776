import { orderConfirmed } from "@tradepost/contracts/order";
import { userErased } from "@tradepost/contracts/user";
import { type Consumer, defineConsumer } from "@tradepost/messaging/consumer-contract";
import { waitWhileUnavailable } from "@tradepost/service-runtime/unavailable";
import type { UseCases } from "../compose.ts";

export const cartConsumers = (useCases: UseCases): Consumer[] => [
  defineConsumer({
    service: "cart",
    name: "empty-bought-cart",
    events: [orderConfirmed],
    handle: waitWhileUnavailable(({ payload }) => useCases.emptyBoughtCart(payload)),
  }),
  defineConsumer({
    service: "cart",
    name: "drop-erased-cart",
    events: [userErased],
    handle: waitWhileUnavailable(({ payload }) => useCases.dropErasedCart(payload)),
  }),
];
