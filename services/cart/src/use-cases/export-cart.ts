import type { StockLine } from "@tradepost/contracts/product";
import type { CartStore } from "../storage/cart-store.ts";

/** What is in a shopper's cart, for them to take along. */
export const exportCart =
  ({ store }: { store: CartStore }) =>
  async (userId: string): Promise<{ lines: StockLine[] }> => ({
    lines: (await store.find({ kind: "shopper", userId }))?.lines ?? [],
  });
