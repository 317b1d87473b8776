import type { MailProvider } from "@tradepost/mail/mail-provider";
import type { Postgres } from "@tradepost/postgres/pool";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import type { baseVariables, ServiceBase } from "@tradepost/service-runtime/service-base";
import { createNeighbours } from "./clients/neighbours.ts";
import { placingLimitsMs } from "./clients/time-limits.ts";
import type { Config } from "./config.ts";
import { orderRoutes } from "./http/order-routes.ts";
import { staffOrderRoutes } from "./http/staff-order-routes.ts";
import { createAlarms } from "./order-alarms.ts";
import { cancelOrder } from "./use-cases/cancel-order.ts";
import { createQuote } from "./use-cases/create-quote.ts";
import { endUnpayableOrder } from "./use-cases/end-unpayable-order.ts";
import { anonymiseOrders, eraseShopper } from "./use-cases/erase-shopper.ts";
import { expireOrder } from "./use-cases/expire-order.ts";
import { exportOrders } from "./use-cases/export-orders.ts";
import { finishPlacing } from "./use-cases/finish-placing.ts";
import { getOrder } from "./use-cases/get-order.ts";
import { getOrderPayment } from "./use-cases/get-order-payment.ts";
import { getOrderState } from "./use-cases/get-order-state.ts";
import { getStaffOrder } from "./use-cases/get-staff-order.ts";
import { listOrderStates } from "./use-cases/list-order-states.ts";
import { listOrders } from "./use-cases/list-orders.ts";
import { mailShopper } from "./use-cases/mail-shopper.ts";
import { placeOrder } from "./use-cases/place-order.ts";
import { reconcileOrders } from "./use-cases/reconcile-orders.ts";
import { recordCapture } from "./use-cases/record-capture.ts";
import { recordDelivery } from "./use-cases/record-delivery.ts";
import { recordRefund } from "./use-cases/record-refund.ts";
import { recordRefundFailure } from "./use-cases/record-refund-failure.ts";
import { refundOrder } from "./use-cases/refund-order.ts";
import { refundShortfall } from "./use-cases/refund-shortfall.ts";
import { shipOrder } from "./use-cases/ship-order.ts";
import { sweepOrders } from "./use-cases/sweep-orders.ts";
import { type SmsProvider, textShopper } from "./use-cases/text-shopper.ts";

export type UseCases = ReturnType<typeof composeUseCases>;

type UseCaseConfig = Omit<Config, keyof typeof baseVariables | "DATABASE_URL" | "RABBITMQ_URL"> &
  Pick<Config, "USER_SERVICE_URL">;

/** All the wiring of the order service: which function is given what. */
export function composeUseCases(
  config: UseCaseConfig,
  base: Pick<ServiceBase, "clientOf" | "logger" | "metrics">,
  { query, transact }: Pick<Postgres, "query" | "transact">,
  providers: { mailProvider: MailProvider; smsProvider: SmsProvider },
) {
  const neighbours = createNeighbours({
    cart: base.clientOf(config.CART_SERVICE_URL, placingLimitsMs.resolveCart),
    product: base.clientOf(config.PRODUCT_SERVICE_URL, placingLimitsMs.lookUpVariants),
    payment: base.clientOf(config.PAYMENT_SERVICE_URL, placingLimitsMs.createPayment),
    user: base.clientOf(config.USER_SERVICE_URL, placingLimitsMs.findEmail),
  });
  const deps = {
    ...neighbours,
    sql: { query },
    transact,
    ...providers,
    ...createAlarms(base.logger, base.metrics.registry),
    now: () => new Date(),
    orderTokenKey: config.ORDER_TOKEN_KEY,
    storefrontUrl: config.STOREFRONT_URL.replace(/\/$/, ""),
    payWithinMs: config.PAY_WITHIN_SECONDS * 1000,
  };
  const expire = expireOrder(deps);
  const onFailure = (orderId: string, err: unknown) => base.logger.error({ event: "order.sweep_failed", orderId, err });
  return {
    createQuote: createQuote(deps),
    placeOrder: placeOrder(deps),
    listOrders: listOrders(deps),
    getOrder: getOrder(deps),
    getOrderPayment: getOrderPayment(deps),
    getOrderState: getOrderState(deps),
    listOrderStates: listOrderStates(deps),
    cancelOrder: cancelOrder(deps),
    recordCapture: recordCapture(deps),
    recordRefund,
    recordRefundFailure: recordRefundFailure(deps),
    getStaffOrder: getStaffOrder(deps),
    shipOrder: shipOrder(deps),
    recordDelivery: recordDelivery(deps),
    refundOrder: refundOrder(deps),
    endUnpayableOrder: endUnpayableOrder(deps),
    refundShortfall: refundShortfall(deps),
    exportOrders: exportOrders(deps),
    eraseShopper: eraseShopper(deps),
    mailShopper: mailShopper(deps),
    textShopper: textShopper(deps),
    sweepOrders: sweepOrders({
      ...deps,
      finishPlacing: finishPlacing(deps),
      expireOrder: expire,
      anonymiseOrders: anonymiseOrders({ ...deps, onFailure }),
      stuckAfterMs: config.STUCK_AFTER_SECONDS * 1000,
      onFailure,
    }),
    reconcileOrders: reconcileOrders({
      ...deps,
      expireOrder: expire,
      recordCapture: recordCapture(deps),
      refundOverdueMs: config.REFUND_OVERDUE_SECONDS * 1000,
    }),
  };
}

/** The service's HTTP side, not listening yet. */
export function composeApp(base: ServiceBase, useCases: UseCases) {
  const app = createServiceApp(base);
  base.telemetry.traceRequests(app);
  orderRoutes(app, useCases);
  staffOrderRoutes(app, useCases);
  return app;
}

/** What `/readyz` looks at: not the broker, without which orders can still be placed. */
export const readinessChecks = (postgres: Postgres) => ({ postgres: postgres.ping });
