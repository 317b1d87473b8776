/** The state machine as docs/purchase-flow.md draws it, stated a second time on purpose: a checker does not ask the checked. */
export const MOVES: Record<string, readonly string[]> = {
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

const BOUGHT = new Set(["confirmed", "fulfilling", "shipped", "delivered", "return_requested", "returned"]);

/** Paid for, and wanted: its money stays but for what was refunded of it. */
export const isBought = (status: string): boolean => BOUGHT.has(status);
export const isOver = (status: string): boolean => status === "rejected" || status === "cancelled";
