import type { LinkedProvider } from "@tradepost/contracts/user-factors";
import type { Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { ProviderAnswer } from "../clients/openid-providers.ts";
import { hasPassword } from "../domain/password.ts";
import { passwordMark } from "../domain/user.ts";
import { deleteIdentity, insertIdentity, listIdentities } from "../storage/identity-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { listPasskeys } from "../storage/passkey-repository.ts";
import { type AskProviderDeps, askProvider } from "./ask-provider.ts";
import { type Caller, lockOwner, type ProveOwnerDeps, proveOwner } from "./prove-owner.ts";
import type { Origin } from "./start-session.ts";

/**
 * Joins the account to the person who has just signed in at the provider, whatever address they have there. Throws 409
 * `identity.taken`, what `askProvider` and `proveOwner` throw.
 */
export const linkProvider =
  (deps: ProveOwnerDeps & AskProviderDeps & { transact: Transact }) =>
  async (
    caller: Caller,
    { providerId, ...answer }: ProviderAnswer & { providerId: string },
    origin: Origin,
  ): Promise<LinkedProvider> => {
    const owner = await proveOwner(deps)(caller, undefined);
    const { id: userId } = owner;
    const { subject } = await askProvider(deps, { providerId, answer }, origin);
    const linkedAt = deps.now();
    await deps.transact(async (tx) => {
      await lockOwner(tx, userId, passwordMark(owner));
      if (!(await insertIdentity(tx, { providerId, subject, userId, linkedAt })))
        throw new AppError(409, "identity.taken", "One of the two is joined to another account already");
      await addMailJob(tx, { kind: "factors-changed", userId }, linkedAt);
    });
    return { providerId, name: deps.providers.nameOf(providerId), linkedAt: linkedAt.toISOString() };
  };

/** Throws 404 `identity.not_found`, 409 `identity.last` for the only way in, and what `proveOwner` throws. */
export const unlinkProvider =
  (deps: ProveOwnerDeps & { transact: Transact }) =>
  async (caller: Caller, providerId: string): Promise<void> => {
    const owner = await proveOwner(deps)(caller, undefined);
    const { id: userId } = owner;
    await deps.transact(async (tx) => {
      const user = await lockOwner(tx, userId, passwordMark(owner));
      if (!(await deleteIdentity(tx, userId, providerId)))
        throw new AppError(404, "identity.not_found", "This provider is not joined to the account");
      const [others, passkeys] = [await listIdentities(tx, userId), await listPasskeys(tx, userId)];
      if (!hasPassword(user.passwordHash) && others.length === 0 && passkeys.length === 0)
        throw new AppError(409, "identity.last", "This is the only way in; set a password first");
      await addMailJob(tx, { kind: "factors-changed", userId }, deps.now());
    });
  };
