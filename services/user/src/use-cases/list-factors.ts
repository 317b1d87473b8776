import type { Factors } from "@tradepost/contracts/user-factors";
import type { Sql } from "@tradepost/postgres/sql";
import type { OpenidProviders } from "../clients/openid-providers.ts";
import { hasPassword } from "../domain/password.ts";
import { listIdentities } from "../storage/identity-repository.ts";
import { listPasskeys } from "../storage/passkey-repository.ts";
import { countRecoveryCodes } from "../storage/recovery-code-repository.ts";
import { findTotp } from "../storage/totp-repository.ts";
import { findUser } from "../storage/user-repository.ts";
import { toPasskeyView } from "./manage-passkeys.ts";

/** All the ways into an account. */
export const listFactors =
  ({ sql, providers }: { sql: Sql; providers: OpenidProviders }) =>
  async (userId: string): Promise<Factors> => {
    const [user, totp, passkeys, recoveryCodesLeft, identities] = await Promise.all([
      findUser(sql, userId),
      findTotp(sql, userId),
      listPasskeys(sql, userId),
      countRecoveryCodes(sql, userId),
      listIdentities(sql, userId),
    ]);
    return {
      hasPassword: user !== null && hasPassword(user.passwordHash),
      totp: totp?.confirmedAt ? { since: totp.confirmedAt.toISOString() } : null,
      passkeys: passkeys.map(toPasskeyView),
      recoveryCodesLeft,
      providers: identities.map(({ providerId, linkedAt }) => ({
        ...{ providerId, name: providers.nameOf(providerId), linkedAt: linkedAt.toISOString() },
      })),
    };
  };
