import type { OrderStatus } from "@tradepost/contracts/order";
import { AppError } from "@tradepost/service-runtime/app-error";

/** Where an order may go from where it is. Refunds are facts of their own, not states. */
const MOVES: Record<OrderStatus, readonly OrderStatus[]> = {
  placing: ["awaiting_payment", "rejected", "cancelled"],
  awaiting_payment: ["confirmed", "cancelled"],
  confirmed: ["fulfilling", "cancelled"],
  fulfilling: ["shipped"],
  shipped: ["delivered"],
  delivered: ["return_requested"],
  return_requested: ["returned"],
  rejected: [],
  cancelled: [],
  returned: [],
};

export const canMove = (from: OrderStatus, to: OrderStatus): boolean => MOVES[from].includes(to);

/** Throws 409 `order.illegal_move` for a move that the state machine does not have. */
export function assertMove(from: OrderStatus, to: OrderStatus): void {
  if (!canMove(from, to)) throw new AppError(409, "order.illegal_move", `An order that is ${from} cannot become ${to}`);
}

/** Rejected or cancelled: nothing may be held or paid for it any more. */
export const isOver = (status: OrderStatus): boolean => status === "rejected" || status === "cancelled";
