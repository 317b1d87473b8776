import type { Logger } from "@tradepost/service-runtime/logger";
import { Counter, type Registry } from "prom-client";
import type { Alarm } from "./use-cases/receive-webhook.ts";

/** What a person must hear of, as an error line and a count to alert on. */
export function createAlarms(logger: Logger, registry: Registry): (alarm: Alarm) => void {
  const alarms = new Counter({
    name: "payment_alarms_total",
    help: "Refunds that failed, disputes, and captures of intents that nobody was given, by kind",
    labelNames: ["kind"],
    registers: [registry],
  });
  return ({ kind, orderId, providerId }) => {
    alarms.inc({ kind });
    logger.error({ event: "payment.alarm", code: kind, orderId, paymentId: providerId });
  };
}
