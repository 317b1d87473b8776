import type { StockStore } from "../src/storage/stock-store.ts";

export class Crash extends Error {}

export interface CrashPoint {
  /** Which call of the stock store dies, from 0, the reading of availability included. */
  call: number;
  /** Whether its write still happens. */
  isAfterWrite: boolean;
}

/** The stock store of a process that dies at a certain call: neither this call nor any later one returns. */
export function crashingStock(stock: StockStore, point: CrashPoint | undefined): StockStore {
  let calls = 0;
  const dying = async (work: () => Promise<unknown>): Promise<unknown> => {
    const call = calls++;
    if (point === undefined || call < point.call) return work();
    if (call === point.call && point.isAfterWrite) await work();
    throw new Crash();
  };
  const methods = Object.entries(stock).map(([name, method]) => [
    name,
    (...args: unknown[]) => dying(() => (method as (...args: unknown[]) => Promise<unknown>)(...args)),
  ]);
  return Object.fromEntries(methods) as StockStore;
}
