import { createHash, randomBytes } from "node:crypto";

export type LinkPurpose = "verify" | "change-email" | "reset";

const HOUR_MS = 3_600_000;
export const LINK_LIFE_MS: Record<LinkPurpose, number> = {
  verify: 24 * HOUR_MS,
  "change-email": 24 * HOUR_MS,
  reset: HOUR_MS,
};

/** 32 random bytes for the link, and what of them may be stored. They are random enough to need no salt. */
export function newLinkToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashLinkToken(token) };
}

export const hashLinkToken = (token: string): Buffer => createHash("sha256").update(token).digest();
