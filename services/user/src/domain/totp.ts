import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { toBase32 } from "./base32.ts";

const STEP_MS = 30_000;
const DIGITS = 6;
/** A code is good for one step before and after its own: clocks differ, and typing takes a while. */
const DRIFT_STEPS = [0, -1, 1];

/** As long as SHA-1's output, which RFC 4226 recommends. */
export const newTotpSecret = (): Buffer => randomBytes(20);

/** The code of one time step (RFC 6238 over RFC 4226; SHA-1 and 30 seconds are what all apps know). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, "0");
}

export const totpStep = (at: Date): number => Math.floor(at.getTime() / STEP_MS);

/** The step that a code belongs to, if it is one of those around now; undefined for any other code. */
export function stepOfCode(secret: Buffer, code: string, now: Date): number | undefined {
  const steps = DRIFT_STEPS.map((drift) => totpStep(now) + drift);
  const fitting = steps.filter((step) => timingSafeEqual(Buffer.from(totpCode(secret, step)), sixBytes(code)));
  return fitting[0];
}

const sixBytes = (code: string): Buffer => Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS), "latin1");

/** What the QR code says (the key URI format of Google Authenticator). */
export function totpUri(secret: Buffer, { issuer, account }: { issuer: string; account: string }): string {
  const query = new URLSearchParams({ secret: toBase32(secret), issuer, algorithm: "SHA1", digits: "6", period: "30" });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}
