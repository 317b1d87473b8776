import type { PaymentHandle } from "@tradepost/contracts/payment";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Order } from "../domain/order.ts";
import { findOwnOrder, type GetOrderDeps, type OrderReader } from "./get-order.ts";

export interface GetOrderPaymentDeps extends GetOrderDeps {
  createPayment: (order: Order) => Promise<PaymentHandle | null>;
}

/** How to pay an order that still waits for it. Throws 404 as getOrder, 409 `order.not_payable` when it no longer can be. */
export const getOrderPayment =
  (deps: GetOrderPaymentDeps) =>
  async (reader: OrderReader, orderId: string): Promise<PaymentHandle> => {
    const order = await findOwnOrder(deps)(reader, orderId);
    const payment = order.status === "awaiting_payment" ? await deps.createPayment(order) : null;
    if (!payment) throw new AppError(409, "order.not_payable", "This order does not wait for a payment");
    return payment;
  };
