import type { Locale } from "@tradepost/contracts/market";

/**
 * A mail to be written. What it says is decided when it is sent, so that a request takes the same time and does the same
 * whether or not its address has an account.
 */
export type MailRequest =
  /** After registering, or when asked for again: the link; or, if somebody owns the address, a word to the owner. */
  | { kind: "verify"; userId: string }
  /** To the address's account, if it has one. */
  | { kind: "reset"; email: string }
  /** Not sent any more once the account has another password than when it was asked for. */
  | { kind: "change-email"; userId: string; email: string; passwordMark: string }
  /** To the address an account had before. */
  | { kind: "email-changed"; email: string; name: string; locale: Locale }
  | { kind: "password-changed"; userId: string }
  /** An authenticator app, a passkey or a provider was added or removed. */
  | { kind: "factors-changed"; userId: string }
  | { kind: "new-device"; userId: string; device: string; network: string; at: string }
  | { kind: "account-deleted"; email: string; name: string; locale: Locale };

const HOUR_MS = 3_600_000;

/** After how long a mail that could not be sent is of no use. */
export const usefulForMs = ({ kind }: MailRequest): number => (kind === "reset" ? HOUR_MS : 24 * HOUR_MS);
