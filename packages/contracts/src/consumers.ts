import { auditRecorded } from "./audit.ts";
import type { EventContract } from "./event.ts";
import { orderCancelled, orderConfirmed, orderRefundRequested, orderShipped } from "./order.ts";
import { paymentCancelled, paymentCaptured, paymentRefunded, paymentRefundFailed } from "./payment.ts";
import { stockShortfall } from "./product.ts";
import type { ServiceName } from "./route.ts";
import { userErased } from "./user.ts";

/**
 * Which events each consumer of each service handles, by the consumer's name. A publisher reads it to make sure that
 * its events have a place to wait for consumers that have never run. A test compares it with the services' code.
 */
export const consumersByService: Record<ServiceName, Record<string, readonly EventContract[]>> = {
  product: {
    "sell-hold": [orderConfirmed],
    "release-hold": [orderCancelled],
  },
  user: {
    "record-audit": [auditRecorded],
    "end-erased-sessions": [userErased],
  },
  cart: {
    "empty-bought-cart": [orderConfirmed],
    "drop-erased-cart": [userErased],
  },
  order: {
    "record-capture": [paymentCaptured],
    "record-refund": [paymentRefunded],
    "record-refund-failure": [paymentRefundFailed],
    "end-unpayable-order": [paymentCancelled],
    "refund-shortfall": [stockShortfall],
    "erase-shopper": [userErased],
    "mail-confirmation": [orderConfirmed],
    "mail-cancellation": [orderCancelled],
    "mail-refund": [paymentRefunded],
    "mail-refund-failure": [paymentRefundFailed],
    "mail-shipping": [orderShipped],
    "text-confirmation": [orderConfirmed],
    "text-cancellation": [orderCancelled],
    "text-refund": [paymentRefunded],
    "text-shipping": [orderShipped],
  },
  payment: {
    "cancel-payment": [orderCancelled],
    "refund-payment": [orderRefundRequested],
  },
};
