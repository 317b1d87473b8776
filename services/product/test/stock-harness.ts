import type { StockLine } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Collections } from "../src/storage/mongo.ts";
import { createMovementStore } from "../src/storage/movement-store.ts";
import { createReservationStore } from "../src/storage/reservation-store.ts";
import { createStockStore, type StockStore } from "../src/storage/stock-store.ts";
import { holdStock } from "../src/use-cases/hold-stock.ts";
import { releaseHold } from "../src/use-cases/release-hold.ts";
import { sellHold } from "../src/use-cases/sell-hold.ts";

export const newOrder = (): string => crypto.randomUUID();
export const until = (inMs = 900_000): Date => new Date(Date.now() + inMs);
export const line = (sku: string, quantity = 1): StockLine => ({ sku, quantity });

/** The stock use cases on a database; `through` puts something between them and the stock, such as a crash. */
export const stockOf = (collections: Collections, through: (stock: StockStore) => StockStore = (stock) => stock) =>
  stockOn({ ...storesOf(collections), stock: through(createStockStore(collections)) });

export const storesOf = (collections: Collections) => ({
  stock: createStockStore(collections),
  reservations: createReservationStore(collections),
  movements: createMovementStore(collections),
});

export function stockOn(stores: ReturnType<typeof storesOf>) {
  const deps = { ...stores, locations: ["main", "annex"] };
  return { ...stores, hold: holdStock(deps), sell: sellHold(deps), release: releaseHold(deps) };
}

export async function putStock(collections: Collections, sku: string, onHand: number, location = "main") {
  const document = { onHand, available: onHand, holds: [], sales: [], returns: [], updatedAt: new Date() };
  await collections.stock.insertOne({ _id: `${sku}@${location}`, sku, location, ...document });
}

export async function levelOf({ stock }: Collections, sku: string, location = "main") {
  const document = await stock.findOne({ sku, location });
  if (!document) throw new Error(`no stock of ${sku}`);
  const { onHand, available, holds } = document;
  return { onHand, available, held: holds.reduce((sum, { quantity }) => sum + quantity, 0) };
}

/** The code and the lines of the problem that `work` ends with; undefined when it succeeds. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: string; lines: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, lines: error.extra?.lines };
  }
}
