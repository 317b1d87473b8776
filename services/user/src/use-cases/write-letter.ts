import type { Locale } from "@tradepost/contracts/market";
import type { Mail } from "@tradepost/mail/mail-provider";
import type { Sql } from "@tradepost/postgres/sql";
import { LINK_LIFE_MS, type LinkPurpose, newLinkToken } from "../domain/link-token.ts";
import type { MailRequest } from "../domain/mail-request.ts";
import { passwordMark, type User } from "../domain/user.ts";
import { type AccountLetter, accountMail } from "../mail/account-letter.ts";
import { insertLinkToken } from "../storage/link-token-repository.ts";
import { findAccounts, findUser } from "../storage/user-repository.ts";

export interface WriteLetterDeps {
  sql: Sql;
  /** Without a slash at its end. */
  storefrontUrl: string;
  now: () => Date;
}

export interface AddressedMail {
  to: string;
  mail: Mail;
}

/** What a request for a mail comes to by now; null when nobody is to be written to. Links get their tokens here. */
export const writeLetter =
  (deps: WriteLetterDeps) =>
  async (request: MailRequest): Promise<AddressedMail | null> => {
    if (request.kind === "reset") return resetLetter(deps, request.email);
    if (request.kind === "email-changed" || request.kind === "account-deleted")
      return letterTo(request, { kind: request.kind, url: deps.storefrontUrl });
    const user = await findUser(deps.sql, request.userId);
    if (!user) return null;
    if (request.kind === "verify") return user.verifiedAt ? null : proofLetter(deps, user, "verify", user.email);
    if (request.kind === "change-email")
      return passwordMark(user) === request.passwordMark
        ? proofLetter(deps, user, "change-email", request.email)
        : null;
    // Who has not proved the address may not have it: its owner is not bothered.
    if (!user.verifiedAt) return null;
    if (request.kind === "password-changed")
      return letterTo(user, { kind: "password-changed", url: `${deps.storefrontUrl}/account/reset` });
    if (request.kind === "factors-changed")
      return letterTo(user, { kind: "factors-changed", url: `${deps.storefrontUrl}/account/security` });
    const { device, network, at } = request;
    return letterTo(user, {
      ...{ kind: "new-device", url: `${deps.storefrontUrl}/account` },
      ...{ device, network, at: new Date(at) },
    });
  };

/** To the account that owns the address; if none does, to the newest that claims it, which the link then proves. */
async function resetLetter(deps: WriteLetterDeps, email: string): Promise<AddressedMail | null> {
  const { verified, pending } = await findAccounts(deps.sql, email);
  const user = verified ?? pending;
  return user && linkLetter(deps, user, "reset", email);
}

/** The link that proves an address; where another account owns it, its owner is told instead. */
async function proofLetter(deps: WriteLetterDeps, user: User, purpose: "verify" | "change-email", email: string) {
  const { verified: owner } = await findAccounts(deps.sql, email);
  if (owner && owner.id !== user.id)
    return letterTo(owner, { kind: "account-exists", url: `${deps.storefrontUrl}/sign-in` });
  return linkLetter(deps, user, purpose, email);
}

const PAGES: Record<LinkPurpose, string> = { verify: "verify", "change-email": "verify", reset: "reset" };

async function linkLetter({ sql, storefrontUrl, now }: WriteLetterDeps, user: User, kind: LinkPurpose, email: string) {
  const { token, hash } = newLinkToken();
  const expiresAt = new Date(now().getTime() + LINK_LIFE_MS[kind]);
  const link = { userId: user.id, purpose: kind, email, hash, expiresAt };
  // A password that has changed just now has made such links useless: this one may not come after.
  if (!(await insertLinkToken(sql, link, user.passwordHash))) return null;
  const isOwn = user.verifiedAt !== null && user.email === email;
  // In the fragment, which browsers send to no server.
  const letter = { kind, url: `${storefrontUrl}/account/${PAGES[kind]}#token=${token}` };
  return letterTo({ email, name: isOwn ? user.name : null, locale: user.locale }, letter);
}

const letterTo = (
  { email, name, locale }: { email: string; name: string | null; locale: Locale },
  letter: AccountLetter,
): AddressedMail => ({ to: email, mail: accountMail(letter, { locale, name }) });
