import { eventsByService } from "@tradepost/contracts/catalog";
import type { ServiceName } from "@tradepost/contracts/route";
import type { ServiceEvents } from "@tradepost/messaging/async-api";
import type { ConsumerContract } from "@tradepost/messaging/consumer-contract";
import { cartConsumers } from "../../../services/cart/src/messaging/cart-consumers.ts";
import { orderConsumers } from "../../../services/order/src/messaging/order-consumers.ts";
import { paymentConsumers } from "../../../services/payment/src/messaging/payment-consumers.ts";
import { productConsumers } from "../../../services/product/src/messaging/product-consumers.ts";
import { userConsumers } from "../../../services/user/src/messaging/user-consumers.ts";

/** Stands where a running service has its use cases: consumers are listed here, never run. */
const unwired: never = new Proxy({}, { get: (_target, name) => () => notRunning(String(name)) }) as never;

function notRunning(name: string): never {
  throw new Error(`${name} is listed for documentation only`);
}

const CONSUMERS: Record<ServiceName, readonly ConsumerContract[]> = {
  product: productConsumers(unwired),
  user: userConsumers(unwired, unwired),
  cart: cartConsumers(unwired),
  order: orderConsumers(unwired, unwired),
  payment: paymentConsumers(unwired),
};

/** What each service publishes and which events it handles. */
export const serviceEvents = (): ServiceEvents[] =>
  (Object.keys(eventsByService) as ServiceName[]).map((service) => ({
    service,
    publishes: Object.values(eventsByService[service]),
    consumers: CONSUMERS[service],
  }));
