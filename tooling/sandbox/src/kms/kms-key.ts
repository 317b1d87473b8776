import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { KmsError } from "./kms-error.ts";

export type KmsKey = { id: string; arn: string; createdAt: string; secretBase64: string };
export type EncryptionContext = Record<string, string>;

const VERSION = 1;
const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

/** A new AES-256 key of a region. */
export function newKmsKey(region: string, nowMs: number): KmsKey {
  const id = randomUUID();
  const arn = `arn:aws:kms:${region}:000000000000:key/${id}`;
  return { id, arn, createdAt: new Date(nowMs).toISOString(), secretBase64: randomBytes(32).toString("base64") };
}

/** AES-256-GCM, the encryption context authenticated: version, the key's id, nonce, tag, ciphertext. */
export function encryptUnder(key: KmsKey, plaintext: Buffer, context: EncryptionContext): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const header = Buffer.concat([Buffer.of(VERSION), Buffer.from(key.id.replaceAll("-", ""), "hex")]);
  const cipher = createCipheriv("aes-256-gcm", secretOf(key), nonce).setAAD(authenticated(header, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
}

/** The id of the key that made a ciphertext. Throws InvalidCiphertextException for anything else. */
export function keyIdOf(blob: Buffer): string {
  if (blob.length <= HEADER_BYTES || blob[0] !== VERSION) throw new KmsError("InvalidCiphertextException");
  const hex = blob.subarray(1, 1 + KEY_ID_BYTES).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Throws InvalidCiphertextException when the bytes or the context are not those of the encryption. */
export function decryptUnder(key: KmsKey, blob: Buffer, context: EncryptionContext): Buffer {
  const header = blob.subarray(0, 1 + KEY_ID_BYTES);
  const nonce = blob.subarray(header.length, header.length + NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", secretOf(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(header, context)).setAuthTag(blob.subarray(HEADER_BYTES - TAG_BYTES, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(blob.subarray(HEADER_BYTES)), decipher.final()]);
  } catch {
    throw new KmsError("InvalidCiphertextException");
  }
}

const secretOf = ({ secretBase64 }: KmsKey) => Buffer.from(secretBase64, "base64");

/** The context's pairs have no order. */
function authenticated(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
