import { randomBytes } from "node:crypto";
import type { Address } from "@tradepost/contracts/address";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { Discount, OrderStatus, Quote, QuoteLine, ShippingOption } from "@tradepost/contracts/order";
import type { StockLine, StockShortage } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { assertMove, isOver } from "./order-status.ts";

/** An order as it is stored: amounts in minor units of `currency`, as they were when it was placed. */
export interface Order {
  id: string;
  number: string;
  status: OrderStatus;
  userId: string | null;
  cartId: string;
  email: string;
  locale: Locale;
  currency: Currency;
  shippingAddress: Address;
  billingAddress: Address;
  lines: QuoteLine[];
  discounts: Discount[];
  shippingOption: ShippingOption;
  subtotalCents: number;
  shippingCents: number;
  taxCents: number;
  taxIncluded: boolean;
  totalCents: number;
  /** What the payment service reported as captured. */
  capturedCents: number;
  /** Whether text messages go to the shipping address's phone. */
  smsUpdates: boolean;
  placedAt: Date;
  payBy: Date;
  cancelReason: string | null;
  /** What could not be held, where the order was rejected. */
  shortages: StockShortage[] | null;
}

export type CancelReason = "shopper" | "payment_deadline" | "payment_cancelled" | "stock_shortfall";

/** A move of the state machine with the reason that goes into the order's history. */
export interface Move {
  to: OrderStatus;
  reason: string;
}

export function newOrder(input: {
  id: string;
  userId: string | null;
  cartId: string;
  email: string;
  locale: Locale;
  shippingAddress: Address;
  billingAddress: Address;
  quote: Quote;
  smsUpdates: boolean;
  now: Date;
  payWithinMs: number;
}): Order {
  const { quote, now, payWithinMs, ...rest } = input;
  const shippingOption = quote.shippingOptions.find(({ id }) => id === quote.shippingOptionId);
  if (!shippingOption) throw new Error("a quote names an option it does not have");
  return {
    ...rest,
    number: newOrderNumber(),
    status: "placing",
    currency: quote.total.currency,
    lines: quote.lines,
    discounts: quote.discounts,
    shippingOption,
    subtotalCents: quote.subtotal.amount,
    shippingCents: quote.shipping.amount,
    taxCents: quote.tax.amount,
    taxIncluded: quote.taxIncluded,
    totalCents: quote.total.amount,
    capturedCents: 0,
    placedAt: now,
    payBy: new Date(now.getTime() + payWithinMs),
    cancelReason: null,
    shortages: null,
  };
}

// Crockford's base 32 without vowels' lookalikes: read out on the telephone without doubt.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A short human order number such as `7K2M-X9QD`: random, so it tells nobody how much the shop sells. */
export function newOrderNumber(): string {
  const text = [...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join("");
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

export const stockLinesOf = (order: Order): StockLine[] => order.lines.map(({ sku, quantity }) => ({ sku, quantity }));

/** What a captured payment means for the order it paid. */
export type CaptureOutcome =
  | { kind: "confirm"; moves: Move[] }
  | { kind: "already" }
  | { kind: "refund"; reason: string };

/**
 * A capture confirms an order that waits for it. One that comes after the order is over, or of another amount than the
 * order's total, is money without an order: it is refunded.
 */
export function onCapture(order: Order, capturedCents: number): CaptureOutcome {
  if (isOver(order.status)) return { kind: "refund", reason: "captured_after_cancellation" };
  if (order.status !== "placing" && order.status !== "awaiting_payment") return { kind: "already" };
  if (capturedCents !== order.totalCents) return { kind: "refund", reason: "amount_mismatch" };
  const confirm: Move = { to: "confirmed", reason: "payment captured" };
  return {
    kind: "confirm",
    moves: order.status === "placing" ? [{ to: "awaiting_payment", reason: "payment captured" }, confirm] : [confirm],
  };
}

/** Throws 409 `order.not_cancellable` once the order is on its way. Returns what must be refunded, in minor units. */
export function cancel(order: Order, reason: CancelReason): { move: Move; refundCents: number } {
  if (!["placing", "awaiting_payment", "confirmed"].includes(order.status))
    throw new AppError(409, "order.not_cancellable", "This order can no longer be cancelled");
  assertMove(order.status, "cancelled");
  return { move: { to: "cancelled", reason }, refundCents: order.status === "confirmed" ? order.totalCents : 0 };
}
