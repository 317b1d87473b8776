import { randomUUIDv7 } from "node:crypto";
import type { Address } from "@tradepost/contracts/address";
import type { SavedAddress } from "@tradepost/contracts/user";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import * as storage from "../storage/address-repository.ts";

interface Deps {
  sql: Sql;
  transact: Transact;
}
interface AddressChange {
  address: Address;
  isDefault: boolean;
}

const MAX_ADDRESSES = 20;

/** The shopper's addresses, the default first. */
export const listAddresses =
  ({ sql }: Deps) =>
  async (userId: string): Promise<{ items: SavedAddress[] }> => ({ items: await storage.listAddresses(sql, userId) });

/** Adds an address; the first is the default by itself. Throws 422 `address.too_many`. */
export const addAddress =
  ({ transact }: Deps) =>
  (userId: string, { address, isDefault }: AddressChange): Promise<SavedAddress> =>
    transact(async (tx) => {
      const count = await storage.lockAddresses(tx, userId);
      if (count === null) throw new AppError(401, "session.ended", "This session has ended; sign in again");
      if (count >= MAX_ADDRESSES)
        throw new AppError(422, "address.too_many", `An account keeps at most ${MAX_ADDRESSES} addresses`);
      const saved = { id: randomUUIDv7(), address, isDefault: isDefault || count === 0 };
      if (saved.isDefault) await storage.clearDefault(tx, userId);
      await storage.insertAddress(tx, userId, saved);
      return saved;
    });

/** Replaces an address; the default stays the default until another one becomes it. Throws 404. */
export const replaceAddress =
  ({ transact }: Deps) =>
  (userId: string, id: string, change: AddressChange): Promise<SavedAddress> =>
    transact(async (tx) => {
      await storage.lockAddresses(tx, userId);
      if (change.isDefault) await storage.clearDefault(tx, userId);
      const saved = await storage.updateAddress(tx, userId, { id, ...change });
      if (!saved) throw notFound();
      return saved;
    });

/** Removes an address; was it the default, the newest of the others becomes it. Throws 404. */
export const removeAddress =
  ({ transact }: Deps) =>
  (userId: string, id: string): Promise<void> =>
    transact(async (tx) => {
      await storage.lockAddresses(tx, userId);
      if (!(await storage.deleteAddress(tx, userId, id))) throw notFound();
      await storage.ensureDefault(tx, userId);
    });

const notFound = () => new AppError(404, "address.not_found", "There is no such address");
