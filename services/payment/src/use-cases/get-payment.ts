import type { getPayment as contract } from "@tradepost/contracts/payment";
import type { RouteOutput } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { findPayment } from "../storage/payment-repository.ts";

/** How an order's payment stands; 404 when there is none or Stripe has not answered yet. */
export const getPayment =
  ({ sql }: { sql: Sql }) =>
  async (orderId: string): Promise<RouteOutput<typeof contract>> => {
    const payment = await findPayment(sql, orderId);
    if (!payment?.intent) throw new AppError(404, "payment.not_found", "The order has no payment");
    const { amountCents, capturedCents, refundedCents, currency, status, lastError } = payment;
    return {
      orderId,
      status,
      amount: { amount: amountCents, currency },
      captured: { amount: capturedCents, currency },
      refunded: { amount: refundedCents, currency },
      lastError,
    };
  };
