import type { Security } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { findUser, setPinNetwork } from "../storage/user-repository.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

export const getSecurity =
  ({ sql }: { sql: Sql }) =>
  async (userId: string): Promise<Security> => ({ pinNetwork: (await findUser(sql, userId))?.pinNetwork ?? false });

/** Pins the sessions there are to the networks they are on, and those to come. Freeing them needs proof; pinning none. */
export const updateSecurity =
  (deps: ProveOwnerDeps) =>
  async (
    caller: Caller,
    { pinNetwork, currentPassword }: Security & { currentPassword?: string | undefined },
  ): Promise<Security> => {
    if (!pinNetwork) await proveOwner(deps)(caller, currentPassword);
    await setPinNetwork(deps.sql, caller.userId, pinNetwork);
    await deps.sessions.pinAll(caller.userId, pinNetwork);
    return { pinNetwork };
  };
