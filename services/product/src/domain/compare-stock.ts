import type { OrderStatus } from "@tradepost/contracts/order";
import type { PlannedLine, Reservation, ReservationState } from "./reservation.ts";

/** What the order service says of an order. */
export interface OrderFacts {
  status: OrderStatus;
  /** Rejected or cancelled: nothing may be held for it, nor stay sold to it. */
  over: boolean;
}

/** What the stock has for an order. `held` is what stock documents hold for it now. */
export interface OrderStock {
  reservation: Reservation | null;
  held: readonly PlannedLine[];
}

/** How an order and its units disagree, and what would mend it; null where a person has to decide. */
export interface Difference {
  kind: string;
  detail: string;
  repair: "sell" | "release" | "tell" | null;
}

const SOLD: readonly ReservationState[] = ["sold"];
const UNSOLD: readonly ReservationState[] = ["holding", "held", "refused", "selling"];
const IN_SALE: readonly ReservationState[] = ["selling", "sold", "returning"];

const stateOf = (reservation: Reservation | null) => reservation?.state ?? "not there";

/** Undefined where the two agree, or where the order is still being placed. */
export function compareOrder(order: OrderFacts, stock: OrderStock): Difference | undefined {
  if (order.over) return compareOver(order, stock);
  if (order.status === "placing") return undefined;
  return order.status === "awaiting_payment" ? compareAwaiting(stock) : comparePaid(order, stock.reservation);
}

function compareOver({ status }: OrderFacts, { reservation, held }: OrderStock): Difference | undefined {
  const state = stateOf(reservation);
  if (reservation && IN_SALE.includes(reservation.state))
    return { kind: "sale.unreturned", detail: `The order is ${status}, its reservation ${state}`, repair: "release" };
  if (held.length > 0 || state === "holding" || state === "held" || state === "releasing")
    return { kind: "hold.unreleased", detail: `The order is ${status}, its reservation ${state}`, repair: "release" };
  return undefined;
}

function compareAwaiting({ reservation, held }: OrderStock): Difference | undefined {
  const state = stateOf(reservation);
  if (state === "selling" || state === "sold")
    return { kind: "sale.unpaid", detail: `The order awaits payment, its reservation is ${state}`, repair: null };
  const isHeld = ({ sku, location, quantity }: PlannedLine) =>
    held.some((hold) => hold.sku === sku && hold.location === location && hold.quantity === quantity);
  const missing = (reservation?.lines ?? []).filter((line) => !isHeld(line)).map(({ sku }) => sku);
  if (state === "held" && missing.length === 0) return undefined;
  const of = missing.length > 0 ? `, without a hold of ${missing.join(", ")}` : "";
  return { kind: "hold.missing", detail: `The order awaits payment, its reservation is ${state}${of}`, repair: null };
}

function comparePaid({ status }: OrderFacts, reservation: Reservation | null): Difference | undefined {
  const state = stateOf(reservation);
  if (!reservation || UNSOLD.includes(reservation.state))
    return { kind: "sale.missing", detail: `The order is ${status}, its reservation ${state}`, repair: "sell" };
  if (!SOLD.includes(reservation.state)) {
    if (status === "returned") return undefined;
    return { kind: "sale.given_back", detail: `The order is ${status}, its reservation ${state}`, repair: null };
  }
  if (reservation.shortages.length === 0) return undefined;
  const short = reservation.shortages.map(({ sku, requested }) => `${requested} × ${sku}`).join(", ");
  const detail = `The order is ${status} although it could not get ${short}`;
  return { kind: "sale.short", detail, repair: status === "confirmed" ? "tell" : null };
}

/** The same for an order that its service does not know; a hold is given up once that has been so for long enough. */
export function compareUnknown(
  { reservation, held }: OrderStock,
  isLongAgo: (until: Date) => boolean,
): Difference | undefined {
  const state = stateOf(reservation);
  const detail = `The order service does not know the order, its reservation is ${state}`;
  if (state === "selling" || state === "sold") return { kind: "sale.unknown_order", detail, repair: null };
  if (held.length === 0) return undefined;
  const isOld = reservation?.until != null && isLongAgo(reservation.until);
  return { kind: "hold.unknown_order", detail, repair: isOld ? "release" : null };
}

export interface StockLevel {
  sku: string;
  location: string;
  onHand: number;
  available: number;
  /** The sum of the holds. */
  held: number;
}

export function compareLevel({ onHand, available, held }: StockLevel): Difference | undefined {
  if (available >= 0 && onHand === available + held) return undefined;
  const detail = `On hand ${onHand}, available ${available}, held ${held}`;
  return { kind: "stock.unbalanced", detail, repair: null };
}
