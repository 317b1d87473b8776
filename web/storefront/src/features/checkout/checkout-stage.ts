import type { PlacedOrder } from "@tradepost/contracts/order";
import type { OrderTrouble } from "./order-trouble.ts";
import type { PaymentTrouble } from "./payment/payment-outcome.ts";

export type Placed = Pick<PlacedOrder, "order" | "payment">;

/** Where a checkout stands. From `awaiting` on, the order exists and its items are held. */
export type CheckoutStage =
  | { name: "editing"; trouble?: OrderTrouble }
  | { name: "placing" }
  | { name: "awaiting"; placed: Placed; trouble?: PaymentTrouble }
  | { name: "paying"; placed: Placed }
  | { name: "redirecting"; placed: Placed }
  | { name: "paid"; placed: Placed }
  | { name: "withdrawing"; placed: Placed };

export type CheckoutEvent =
  | { name: "place" }
  | { name: "placed"; placed: Placed }
  | { name: "refused"; trouble: OrderTrouble }
  | { name: "edited" }
  | { name: "pay" }
  | { name: "failed"; trouble: PaymentTrouble }
  | { name: "redirect" }
  | { name: "paid" }
  | { name: "withdraw" }
  | { name: "withdrawn" };

/** The next stage. An event that the stage doesn't know (a late answer, a second click) changes nothing. */
export function nextStage(stage: CheckoutStage, event: CheckoutEvent): CheckoutStage {
  switch (stage.name) {
    case "editing":
      if (event.name === "place") return { name: "placing" };
      if (event.name === "placed") return { name: "awaiting", placed: event.placed };
      if (event.name === "edited" && stage.trouble) return { name: "editing" };
      if (event.name === "refused") return { name: "editing", trouble: event.trouble };
      return stage;
    case "placing":
      if (event.name === "placed") return { name: "awaiting", placed: event.placed };
      if (event.name === "refused") return { name: "editing", trouble: event.trouble };
      return stage;
    case "awaiting":
      if (event.name === "pay") return { name: "paying", placed: stage.placed };
      if (event.name === "withdraw") return { name: "withdrawing", placed: stage.placed };
      if (event.name === "failed") return { ...stage, trouble: event.trouble };
      return stage;
    case "paying":
      if (event.name === "failed") return { name: "awaiting", placed: stage.placed, trouble: event.trouble };
      if (event.name === "redirect") return { name: "redirecting", placed: stage.placed };
      if (event.name === "paid") return { name: "paid", placed: stage.placed };
      return stage;
    case "withdrawing":
      if (event.name === "withdrawn") return { name: "editing" };
      if (event.name === "failed") return { name: "awaiting", placed: stage.placed, trouble: event.trouble };
      return stage;
    case "redirecting":
    case "paid":
      return stage;
  }
}
