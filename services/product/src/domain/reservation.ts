import type { StockLine, StockShortage } from "@tradepost/contracts/product";

/**
 * What became of an order's units. Its lines are in several stock documents; this one document decides for all.
 *
 * holding → held | refused; then, or from nothing, selling → sold → returning → returned, or releasing → released
 */
export type ReservationState =
  | "holding"
  | "held"
  | "refused"
  | "selling"
  | "sold"
  | "releasing"
  | "released"
  | "returning"
  | "returned";

/** A line and where its units come from, chosen once: every repeat of a step then meets the same stock document. */
export interface PlannedLine extends StockLine {
  location: string;
}

export interface Reservation {
  orderId: string;
  state: ReservationState;
  lines: PlannedLine[];
  /** Until when the order means to hold them; null when it never held any. */
  until: Date | null;
  /** Why it was refused, or what its sale could not take. */
  shortages: StockShortage[];
}

export const UNDECIDED: readonly ReservationState[] = ["holding", "held", "refused"];

/** In these no hold of the order may stand: what is found came too late, or its undoing was cut short. */
export const WITHOUT_HOLDS: readonly ReservationState[] = [
  "refused",
  "sold",
  "releasing",
  "released",
  "returning",
  "returned",
];

/** One line per SKU, in the order of SKUs, so that all orders take their units in the same order. */
export function mergeLines(lines: readonly StockLine[]): StockLine[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1));
}

export const sameLines = (a: readonly StockLine[], b: readonly StockLine[]): boolean =>
  a.length === b.length && a.every(({ sku, quantity }, i) => b[i]?.sku === sku && b[i]?.quantity === quantity);

const isShort = ({ shortages }: Reservation, { sku }: StockLine): boolean =>
  shortages.some((shortage) => shortage.sku === sku);

/** What a sale did take. */
export const soldLines = (reservation: Reservation): PlannedLine[] =>
  reservation.lines.filter((line) => !isShort(reservation, line));

/** What a sale could not take. */
export const shortLines = (reservation: Reservation): PlannedLine[] =>
  reservation.lines.filter((line) => isShort(reservation, line));
