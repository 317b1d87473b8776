import type { PersonalData } from "@tradepost/contracts/privacy";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { OpenidProviders } from "../clients/openid-providers.ts";
import type { PersonalDataSources } from "../clients/personal-data.ts";
import { toUserView } from "../domain/user.ts";
import { listAddresses } from "../storage/address-repository.ts";
import { findEntriesAbout } from "../storage/audit-repository.ts";
import { listDevices } from "../storage/device-repository.ts";
import { findPreferences } from "../storage/user-repository.ts";
import { listFactors } from "./list-factors.ts";
import { listSessions } from "./manage-sessions.ts";
import { type Caller, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";

/**
 * All that is kept about the account's owner, here and at the other services, or nothing. Throws 401
 * `session.step_up_required` and 503 `export.incomplete`.
 */
export const exportAccount =
  (deps: ProveOwnerDeps & { personalData: PersonalDataSources; providers: OpenidProviders }) =>
  async (caller: Caller): Promise<PersonalData> => {
    const user = await proveOwner(deps)(caller, undefined);
    const [orders, cart] = await Promise.all([deps.personalData.ordersOf(user.id), deps.personalData.cartOf(user.id)]);
    const subjects = [`user:${user.id}`, ...orders.map(({ id }) => `order:${id}`)];
    const [preferences, factors, addresses, devices, { items }, entries] = await Promise.all([
      findPreferences(deps.sql, user.id),
      listFactors(deps)(user.id),
      listAddresses(deps.sql, user.id),
      listDevices(deps.sql, user.id),
      listSessions(deps)(caller),
      findEntriesAbout(deps.sql, subjects),
    ]);
    if (!preferences) throw new AppError(404, "user.not_found", "There is no such user");
    return {
      exportedAt: deps.now().toISOString(),
      account: toUserView(user),
      emailVerifiedAt: user.verifiedAt?.toISOString() ?? null,
      ...{ preferences, factors, addresses, security: { pinNetwork: user.pinNetwork }, cart, orders },
      sessions: items.map(({ current: _, ...session }) => session),
      devices: devices.map(({ since }) => ({ since: since.toISOString() })),
      staffActions: entries.map(({ at, route, subject, before, after }) => ({ at, route, subject, before, after })),
    };
  };
