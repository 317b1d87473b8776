import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { getOrder, getOrderPayment, listOrders } from "@tradepost/contracts/order";
import { call } from "../../app/api.ts";
import { tokenHeader } from "./order-access.ts";

export const ORDERS_KEY = ["orders"];

export const orderOptions = (orderId: string, token: string | undefined) =>
  queryOptions({
    queryKey: ["order", orderId, token],
    queryFn: ({ signal }) => call(getOrder, { params: { orderId } }, { signal, headers: tokenHeader(token) }),
    staleTime: 0,
  });

/** How to pay an order; fails with `order.not_payable` when it need not or can no longer be paid. */
export const orderPaymentOptions = (orderId: string, token: string | undefined) =>
  queryOptions({
    queryKey: ["order-payment", orderId, token],
    queryFn: ({ signal }) => call(getOrderPayment, { params: { orderId } }, { signal, headers: tokenHeader(token) }),
    staleTime: 0,
  });

export const ordersOptions = infiniteQueryOptions({
  queryKey: ORDERS_KEY,
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => call(listOrders, { query: { cursor: pageParam, limit: 10 } }, { signal }),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});
