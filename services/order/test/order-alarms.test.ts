import { randomUUIDv7 } from "node:crypto";
import { createLogger } from "@tradepost/service-runtime/logger";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { createAlarms } from "../src/order-alarms.ts";

it("an alarm's line says about which order it is, and why", () => {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text)) };
  const logger = createLogger({ service: "order", level: "info", stream });
  const alarms = createAlarms(logger, new Registry());
  const [orderId, eventId] = [randomUUIDv7(), randomUUIDv7()];
  alarms.onRefundFailed({
    ...{ orderId, refundId: randomUUIDv7(), paymentId: "pi_1", providerRefundId: "re_1" },
    ...{ amount: { amount: 4290, currency: "EUR" }, reason: "lost_or_stolen_card" },
  });
  alarms.onUndeliverable({ orderId, eventId, template: "order-shipped", reason: "Twilio refuses the number: 21211" });
  expect(lines).toMatchObject([
    { event: "order.refund_failed", orderId, paymentId: "pi_1", code: "lost_or_stolen_card" },
    { event: "order.notification_undeliverable", orderId, eventId, code: "order-shipped" },
  ]);
});
