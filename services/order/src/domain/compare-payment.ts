import type { Money } from "@tradepost/contracts/money";
import type { OrderStatus } from "@tradepost/contracts/order";
import type { PaymentStatus } from "@tradepost/contracts/payment";
import { isOver } from "./order-status.ts";

/** An order as far as its payment is compared with it, in minor units. */
export interface OrderStanding {
  status: OrderStatus;
  totalCents: number;
  /** What was asked back or went back; not what failed. */
  refundsCents: number;
  /** A refund did not reach the shopper, so another one would not either. */
  hasFailedRefund: boolean;
}

export interface PaymentStanding {
  status: PaymentStatus;
  captured: Money;
  refunded: Money;
}

/** What differs. `apply_capture`: what the capture's event does, which confirms the order or sends the money back. */
export interface Difference {
  kind: string;
  detail: string;
  repair: "apply_capture" | null;
}

const alert = (kind: string, detail: string): Difference => ({ kind, detail, repair: null });
const apply = (kind: string, detail: string): Difference => ({ kind, detail, repair: "apply_capture" });

const UNPAID: ReadonlySet<OrderStatus> = new Set(["placing", "awaiting_payment", "rejected", "cancelled"]);

/** How an order and its payment disagree, if they do. */
export function comparePayment(order: OrderStanding | null, payment: PaymentStanding | null): Difference | null {
  if (!order) return payment && compareOrphan(payment);
  if (payment?.status !== "captured")
    return UNPAID.has(order.status)
      ? null
      : alert("order.unpaid", `the order is ${order.status}, but nothing was paid`);
  const captured = payment.captured.amount;
  if (order.refundsCents > captured)
    return alert("refund.excess", `${order.refundsCents} are to go back, of ${captured} that came in`);
  if (isOver(order.status)) return compareOver(order, payment);
  return compareLiving(order, captured);
}

function compareOrphan({ status, captured, refunded }: PaymentStanding): Difference {
  const keptCents = captured.amount - refunded.amount;
  return status === "captured" && keptCents > 0
    ? alert("capture.orphaned", `URGENT: ${keptCents} ${captured.currency} were paid for an order that is not there`)
    : alert("payment.orphaned", `there is a payment (${status}), but no order`);
}

function compareOver(order: OrderStanding, { captured, refunded }: PaymentStanding): Difference | null {
  const owedCents = captured.amount - Math.max(order.refundsCents, refunded.amount);
  if (owedCents <= 0) return null;
  const detail = `the order is ${order.status}, and ${owedCents} ${captured.currency} were not sent back`;
  return order.hasFailedRefund
    ? alert("refund.failed", `${detail}: a refund failed`)
    : apply("capture.unrefunded", detail);
}

function compareLiving(order: OrderStanding, captured: number): Difference | null {
  const isWaiting = order.status === "placing" || order.status === "awaiting_payment";
  if (captured === order.totalCents)
    return isWaiting ? apply("capture.unapplied", `paid, but the order is ${order.status}`) : null;
  const detail = `${captured} came in for an order of ${order.totalCents}`;
  if (!isWaiting) return alert("capture.amount_differs", detail);
  return order.refundsCents < captured ? apply("capture.amount_differs", detail) : null;
}
