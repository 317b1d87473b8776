import { CallFailed } from "@tradepost/api-client/call-error";
import type { Money } from "@tradepost/contracts/money";
import { Quote } from "@tradepost/contracts/order";
import { StockShortage } from "@tradepost/contracts/product";
import { isSessionOver } from "../account/session-end.ts";
import type { DraftErrors } from "./checkout-draft.ts";

export type Shortage = { sku: string; available: number };

/** Why an order was not placed, as far as the shopper can do something about it. */
export type OrderTrouble =
  | { kind: "fields"; errors: DraftErrors }
  | { kind: "quote"; before: Money; now: Money }
  | { kind: "stock"; shortages: Shortage[] }
  | { kind: "cart-gone"; expired: boolean }
  | { kind: "session" }
  | { kind: "promotion" }
  | { kind: "shipping" }
  | { kind: "in-progress" }
  | { kind: "other"; error: unknown };

/** Reads a refused order. `seen` is the total that the shopper had agreed to. */
export function orderTrouble(error: unknown, seen: Money): OrderTrouble {
  if (!(error instanceof CallFailed)) return { kind: "other", error };
  if (isSessionOver(error)) return { kind: "session" };
  const { problem } = error;
  switch (problem.code) {
    case "quote.changed": {
      const quote = Quote.safeParse(problem.quote);
      return quote.success ? { kind: "quote", before: seen, now: quote.data.total } : { kind: "other", error };
    }
    case "stock.insufficient": {
      const lines = Array.isArray(problem.lines) ? problem.lines : [];
      const shortages = lines.map((line) => StockShortage.safeParse(line)).filter((line) => line.success);
      return shortages.length > 0
        ? { kind: "stock", shortages: shortages.map(({ data }) => data) }
        : { kind: "other", error };
    }
    case "cart.empty":
      return { kind: "cart-gone", expired: false };
    case "cart.expired":
      return { kind: "cart-gone", expired: true };
    case "promotion.unknown":
      return { kind: "promotion" };
    case "shipping.unavailable":
      return { kind: "shipping" };
    case "idempotency.in_progress":
      return { kind: "in-progress" };
    case "request.invalid": {
      const errors = fieldErrors(problem.errors ?? []);
      return Object.keys(errors).length > 0 ? { kind: "fields", errors } : { kind: "other", error };
    }
    default:
      return { kind: "other", error };
  }
}

/** The server's paths (`body.shippingAddress.city`) as the draft's (`shipping.city`). */
function fieldErrors(errors: { path: string }[]): DraftErrors {
  const found: DraftErrors = {};
  for (const { path } of errors) {
    const match = /(email|(?:shipping|billing)Address[./](\w+))$/.exec(path);
    if (match?.[1] === "email") found.email = "email";
    else if (match) found[`${path.includes("billing") ? "billing" : "shipping"}.${match[2]}`] = "refused";
  }
  return found;
}
