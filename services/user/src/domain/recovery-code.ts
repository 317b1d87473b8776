import { createHash, randomBytes } from "node:crypto";
import { toBase32 } from "./base32.ts";

const COUNT = 10;
/** 80 bits, so that a plain hash of a code cannot be turned back by trying. */
const BYTES = 10;

/** Codes as people write them down, `ABCD-EFGH-IJKL-MNOP`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: COUNT }, () => (toBase32(randomBytes(BYTES)).match(/.{4}/g) ?? []).join("-"));

/** Hyphens, spaces and the size of letters do not count. */
export const hashRecoveryCode = (code: string): Buffer =>
  createHash("sha256").update(code.replace(/[\s-]/g, "").toUpperCase()).digest();
