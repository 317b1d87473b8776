import type { Payload } from "@tradepost/contracts/event";
import type { userErased } from "@tradepost/contracts/user";
import type { CartStore } from "../storage/cart-store.ts";

/** A shopper's account is gone, and their cart with it. One that a late request begins anew expires by itself. */
export const dropErasedCart =
  ({ store }: { store: CartStore }) =>
  ({ userId }: Payload<typeof userErased>): Promise<void> =>
    store.drop({ kind: "shopper", userId });
