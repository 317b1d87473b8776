import type { Logger } from "@tradepost/service-runtime/logger";
import { Counter, type Registry } from "prom-client";
import type { DeliverOnceDeps } from "./use-cases/deliver-once.ts";
import type { RecordRefundFailureDeps } from "./use-cases/record-refund-failure.ts";

type Alarms = Pick<DeliverOnceDeps, "onUndeliverable"> & Pick<RecordRefundFailureDeps, "onRefundFailed">;

/** What a person must hear of, as an error line and a count to alert on. */
export function createAlarms(logger: Logger, registry: Registry): Alarms {
  const failedRefunds = new Counter({
    name: "order_refunds_failed_total",
    help: "Refunds that did not reach the shopper: the money is still owed",
    registers: [registry],
  });
  const undeliverable = new Counter({
    name: "order_notifications_undeliverable_total",
    help: "Messages to shoppers whose address or number was refused for good, by template",
    labelNames: ["template"],
    registers: [registry],
  });
  return {
    onRefundFailed: ({ orderId, paymentId, reason: code }) => {
      failedRefunds.inc();
      logger.error({ event: "order.refund_failed", orderId, paymentId, code });
    },
    onUndeliverable: ({ orderId, eventId, template }) => {
      undeliverable.inc({ template });
      logger.error({ event: "order.notification_undeliverable", orderId, eventId, code: template });
    },
  };
}
