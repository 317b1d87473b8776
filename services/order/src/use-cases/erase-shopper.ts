import type { Payload } from "@tradepost/contracts/event";
import type { userErased } from "@tradepost/contracts/user";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { anonymousAddress } from "../domain/anonymity.ts";
import {
  anonymiseOrder,
  findOrdersToAnonymise,
  forgetErasedUsers,
  insertErasedUser,
  lockOrderToAnonymise,
  markOrdersOfErased,
} from "../storage/erasure-repository.ts";

/** A shopper's account is gone: their orders are made anonymous, each once it has ended, by the sweeper. */
export const eraseShopper =
  ({ now }: { now: () => Date }) =>
  async (tx: Sql, { userId }: Payload<typeof userErased>): Promise<void> => {
    await insertErasedUser(tx, userId, now());
    await markOrdersOfErased(tx);
  };

export interface AnonymiseOrdersDeps {
  sql: Sql;
  transact: Transact;
  now: () => Date;
  onFailure: (orderId: string, error: unknown) => void;
}

const BATCH = 50;
/** Longer than any request that began before its session ended. */
const LATE_ORDERS_MS = 3_600_000;

/** Makes the ended orders of erased users anonymous; answers how many. Safe in every replica at once. */
export const anonymiseOrders =
  ({ sql, transact, now, onFailure }: AnonymiseOrdersDeps) =>
  async (): Promise<number> => {
    await markOrdersOfErased(sql);
    const due = await findOrdersToAnonymise(sql, BATCH);
    for (const id of due) await transact((tx) => anonymise(tx, id, now())).catch((error) => onFailure(id, error));
    await forgetErasedUsers(sql, new Date(now().getTime() - LATE_ORDERS_MS));
    return due.length;
  };

async function anonymise(tx: Sql, id: string, at: Date): Promise<void> {
  const order = await lockOrderToAnonymise(tx, id);
  if (!order) return;
  await anonymiseOrder(tx, id, {
    shippingAddress: anonymousAddress(order.shippingAddress),
    billingAddress: anonymousAddress(order.billingAddress),
    at,
  });
}
