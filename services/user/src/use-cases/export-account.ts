import type { PersonalData } from "@tradepost/contracts/user";
import { AppError } from "@tradepost/service-runtime/app-error";
import { toUserView } from "../domain/user.ts";
import { listAddresses } from "../storage/address-repository.ts";
import { listDevices } from "../storage/device-repository.ts";
import { findPreferences } from "../storage/user-repository.ts";
import { listSessions } from "./manage-sessions.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

/** All that is kept here about the account's owner. Throws 401 `session.step_up_required`. */
export const exportAccount =
  (deps: ProveOwnerDeps) =>
  async (caller: Caller): Promise<PersonalData> => {
    const user = await proveOwner(deps)(caller, undefined);
    const [preferences, addresses, devices, { items }] = await Promise.all([
      findPreferences(deps.sql, user.id),
      listAddresses(deps.sql, user.id),
      listDevices(deps.sql, user.id),
      listSessions(deps)(caller),
    ]);
    if (!preferences) throw new AppError(404, "user.not_found", "There is no such user");
    return {
      exportedAt: deps.now().toISOString(),
      account: toUserView(user),
      emailVerifiedAt: user.verifiedAt?.toISOString() ?? null,
      ...{ preferences, addresses, security: { pinNetwork: user.pinNetwork } },
      sessions: items.map(({ current: _, ...session }) => session),
      devices: devices.map(({ since }) => ({ since: since.toISOString() })),
    };
  };
