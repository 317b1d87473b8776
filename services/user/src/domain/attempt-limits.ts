import { createHash } from "node:crypto";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Addresses stand in no key of a store that others may look into. */
const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");

/**
 * The mailbox behind an address, which is in small letters: most providers deliver `ada+anything@` to `ada@`. For counting
 * only: two such addresses may still be two people's.
 */
const mailboxOf = (email: string): string => email.replace(/^([^+@]+)\+[^@]*@/, "$1@");

const perMinute = (key: string, max: number) => ({ key, max, windowMs: MINUTE_MS });
const perHour = (key: string, max: number) => ({ key, max, windowMs: HOUR_MS });

/** Who guesses passwords: by account, known or not, and by the address the guesses come from. */
export const signInLimits = (email: string, clientAddress: string) => [
  perMinute(`sign-in:account:${hashed(email)}`, 5),
  perMinute(`sign-in:address:${clientAddress}`, 5),
];

/** Who guesses the password of a session that was left open or stolen. */
export const proofLimits = (userId: string) => [perMinute(`proof:${userId}`, 5)];

/** Who guesses second factors, having the password. Of a million codes three fit at any time. */
export const factorLimits = (userId: string) => [
  perMinute(`factor:${userId}`, 5),
  perHour(`factor-hour:${userId}`, 30),
];

/** Who makes us send mail to others. Registering from one address is limited by the gateway. */
export const registrationLimits = (email: string) => [perHour(`register:to:${hashed(mailboxOf(email))}`, 5)];
export const resetLimits = (email: string, clientAddress: string) => [
  perHour(`reset:to:${hashed(mailboxOf(email))}`, 5),
  perHour(`reset:address:${clientAddress}`, 20),
];
export const verificationLimits = (userId: string, email: string, clientAddress: string) => [
  perHour(`verify:user:${userId}`, 5),
  perHour(`verify:to:${hashed(mailboxOf(email))}`, 5),
  perHour(`verify:address:${clientAddress}`, 20),
];
