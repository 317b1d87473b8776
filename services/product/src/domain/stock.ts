import type { StockLine, StockShortage } from "@tradepost/contracts/product";
import type { PlannedLine } from "./reservation.ts";

/** How many units of a SKU can be bought at one location. */
export interface LocationStock {
  sku: string;
  location: string;
  available: number;
}

/** Each line where it can be whole: the first of `locations` that has enough, else simply the first. */
export function planLines(
  lines: readonly StockLine[],
  locations: readonly string[],
  stock: readonly LocationStock[],
): PlannedLine[] {
  const [nearest] = locations;
  if (nearest === undefined) throw new Error("a shop needs a stock location");
  const has = (line: StockLine, location: string) =>
    stock.some((s) => s.sku === line.sku && s.location === location && s.available >= line.quantity);
  return lines.map((line) => ({ ...line, location: locations.find((location) => has(line, location)) ?? nearest }));
}

/** The lines that no location can give whole, each with the most that one location has. */
export function findShortages(lines: readonly StockLine[], stock: readonly LocationStock[]): StockShortage[] {
  return lines.flatMap(({ sku, quantity }) => {
    const available = Math.max(0, ...stock.filter((s) => s.sku === sku).map((s) => s.available));
    return available >= quantity ? [] : [{ sku, requested: quantity, available }];
  });
}
