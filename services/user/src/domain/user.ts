import { createHash } from "node:crypto";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { User as UserView } from "@tradepost/contracts/user";

export interface User {
  id: string;
  email: string;
  /** When the address was proved; null before. Of several accounts with one address at most one is verified. */
  verifiedAt: Date | null;
  name: string;
  passwordHash: string;
  roles: string[];
  pinNetwork: boolean;
  locale: Locale;
  createdAt: Date;
}

export interface Preferences {
  locale: Locale;
  currency: Currency;
  marketing: boolean;
  sms: boolean;
}

/** Addresses are compared without regard to case: nobody has two accounts that differ in it. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();

/** Changes with the password, and tells nothing of it: what was begun with the old one is known by it. */
export const passwordMark = ({ passwordHash }: Pick<User, "passwordHash">): string =>
  createHash("sha256").update(passwordHash).digest("base64url");

const ABANDONED_AFTER_MS = 30 * 86_400_000;

/** When an account of an address that nobody has proved counts as abandoned, if nobody signs in again. */
export const abandonedAt = (lastSignInAt: Date): Date => new Date(lastSignInAt.getTime() + ABANDONED_AFTER_MS);

export const toUserView = ({ id, email, verifiedAt, name, roles, createdAt }: User): UserView => ({
  ...{ id, email, emailVerified: verifiedAt !== null, name, roles },
  createdAt: createdAt.toISOString(),
});
