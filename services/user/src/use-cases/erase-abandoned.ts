import type { Sql, Transact } from "@tradepost/postgres/sql";
import type { PersonalDataSources } from "../clients/personal-data.ts";
import { abandonedAt } from "../domain/user.ts";
import { findAbandoned, lockAbandoned, setAbandonedAt } from "../storage/abandoned-repository.ts";
import { eraseUser } from "./delete-account.ts";

export interface EraseAbandonedDeps {
  sql: Sql;
  transact: Transact;
  personalData: Pick<PersonalDataSources, "ordersOf">;
  now: () => Date;
}

/**
 * Erases accounts that never proved their address, were not signed in to for thirty days, and have no orders; the other
 * services are told as of any other. One with orders is looked at again thirty days later. Nobody is written to, since
 * whose address it is nobody knows. Answers how many have gone; throws 503 `export.incomplete` while orders cannot be seen.
 */
export const eraseAbandoned =
  ({ sql, transact, personalData, now }: EraseAbandonedDeps) =>
  async (): Promise<number> => {
    let erased = 0;
    for (const userId of await findAbandoned(sql, now())) {
      const hasOrders = (await personalData.ordersOf(userId)).length > 0;
      if (hasOrders) await setAbandonedAt(sql, userId, abandonedAt(now()));
      else if (await transact((tx) => eraseIfAbandoned(tx, userId, now()))) erased += 1;
    }
    return erased;
  };

/** An order needs a session, which a sign-in has begun that put the date off: so there are none that were not seen. */
async function eraseIfAbandoned(tx: Sql, userId: string, now: Date): Promise<boolean> {
  if (!(await lockAbandoned(tx, userId, now))) return false;
  await eraseUser(tx, { id: userId, provedEmail: null });
  return true;
}
