import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { useEffect, useState } from "react";
import { orderToken } from "../orders/order-access.ts";
import { orderOptions, orderPaymentOptions } from "../orders/order-queries.ts";
import type { Placed } from "./checkout-stage.ts";
import { forgetCheckout, pendingOrder } from "./use-checkout.ts";

/** The order that this tab has placed and not yet paid; undefined where there is none or it can no longer be paid. */
export function usePendingOrder(): Placed | "loading" | undefined {
  const [orderId] = useState(pendingOrder);
  const token = orderId && orderToken(orderId, "");
  const order = useQuery({ ...orderOptions(orderId ?? "", token), enabled: orderId !== undefined });
  const payment = useQuery({ ...orderPaymentOptions(orderId ?? "", token), enabled: orderId !== undefined });
  const over = [order.error, payment.error].some((error) => error instanceof CallFailed && error.status < 500);
  useEffect(() => {
    if (over) forgetCheckout();
  }, [over]);
  if (orderId === undefined || over) return undefined;
  if (order.data && payment.data) return { order: order.data, payment: payment.data };
  return order.isError || payment.isError ? undefined : "loading";
}
