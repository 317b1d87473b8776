import { randomUUIDv7 } from "node:crypto";
import { Email } from "@tradepost/contracts/address";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { SignedIn } from "@tradepost/contracts/user";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { OpenidProviders, ProviderAnswer, ProviderClaims } from "../clients/openid-providers.ts";
import { NO_PASSWORD_HASH } from "../domain/password.ts";
import { normaliseEmail, type User } from "../domain/user.ts";
import { findIdentity, insertIdentity } from "../storage/identity-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { findAccounts, findUser, insertUser } from "../storage/user-repository.ts";
import { type AdmitUserDeps, admitUser } from "./admit-user.ts";
import { askProvider } from "./ask-provider.ts";
import type { Origin } from "./start-session.ts";
import { refuseTaken } from "./verify-email.ts";

export interface ProviderSignIn {
  providerId: string;
  answer: ProviderAnswer;
  /** How the shop is shown to whoever signs in; a new account begins with it. */
  locale: Locale;
  currency: Currency;
}

export interface ProviderSignInDeps extends AdmitUserDeps {
  providers: OpenidProviders;
}

/**
 * Signs in whoever a provider names. Who is new gets an account, or, where both the provider and this shop know the
 * address to be theirs, is joined to the one there is. Throws 401 `provider.refused` and `factor.required`, 409
 * `provider.email_unverified`, 503 `provider.unavailable`.
 */
export const signInWithProvider =
  (deps: ProviderSignInDeps) =>
  async ({ providerId, answer, locale, currency }: ProviderSignIn, origin: Origin): Promise<SignedIn> => {
    const claims = await askProvider(deps, { providerId, answer }, origin);
    const known = async () => {
      const identity = await findIdentity(deps.sql, providerId, claims.subject);
      return identity && findUser(deps.sql, identity.userId);
    };
    const newcomer = { providerId, claims, locale, currency, at: deps.now() };
    const user =
      (await known()) ??
      (await refuseTaken(deps.transact((tx) => welcome(tx, newcomer))).catch(async (error: unknown) => {
        // Another window of the same browser may have been quicker.
        const quicker = await known();
        if (quicker) return quicker;
        throw error;
      }));
    if (!user) throw new AppError(401, "provider.refused", "The provider did not confirm this sign-in; try again");
    return admitUser(deps)(user, origin);
  };

interface Newcomer {
  providerId: string;
  claims: ProviderClaims;
  locale: Locale;
  currency: Currency;
  at: Date;
}

/**
 * An address counts only if the provider has verified it. Accounts that merely claim it are left alone, since anybody may
 * have begun them: see docs/decisions on accounts of one address.
 */
async function welcome(tx: Sql, { providerId, claims, locale, currency, at }: Newcomer): Promise<User> {
  const address = Email.safeParse(normaliseEmail(claims.email ?? ""));
  if (!address.success || !claims.emailVerified)
    throw new AppError(
      409,
      "provider.email_unverified",
      "The provider has not verified your e-mail address; sign in with your password, then add the provider",
    );
  const email = address.data;
  const { verified } = await findAccounts(tx, email);
  const user = verified ?? newUser(email, claims, locale, at);
  if (!verified) await insertUser(tx, user, { currency, marketing: false, sms: false });
  if (!(await insertIdentity(tx, { providerId, subject: claims.subject, userId: user.id, linkedAt: at })))
    throw new AppError(409, "identity.taken", "This account is joined to somebody else at that provider");
  if (verified) await addMailJob(tx, { kind: "factors-changed", userId: user.id }, at);
  return user;
}

const newUser = (email: string, { name }: ProviderClaims, locale: Locale, at: Date): User => ({
  ...{ id: randomUUIDv7(), email, verifiedAt: at, roles: [], passwordHash: NO_PASSWORD_HASH },
  name: tidyName(name ?? "") || (email.split("@")[0] ?? email),
  ...{ pinNetwork: false, locale, createdAt: at },
});

/** What a shopper could have typed: no control characters, no half of a character, no more than a name may have. */
const tidyName = (name: string): string =>
  name
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 120)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
