import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** AES-256 keys by id; the first encrypts, all decrypt, so that a key can be rotated while old ciphertexts live. */
export type VaultKeys = readonly { id: string; key: Buffer }[];

export interface SealedToken {
  keyId: string;
  /** 12 bytes of nonce, 16 of tag, then the ciphertext (NIST SP 800-38D). */
  bytes: Buffer;
}

export interface TokenVault {
  /** `boundTo` is authenticated with the token: a ciphertext moved to another row does not open. */
  seal: (token: string, boundTo: string) => SealedToken;
  /** Throws when the key is unknown, or the bytes or `boundTo` are not those that were sealed. */
  open: (sealed: SealedToken, boundTo: string) => string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createTokenVault(keys: VaultKeys): TokenVault {
  const [current] = keys;
  if (!current) throw new Error("the token vault needs a key");
  return {
    seal: (token, boundTo) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.key, nonce).setAAD(Buffer.from(boundTo));
      const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
      return { keyId: current.id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
    },
    open: ({ keyId, bytes }, boundTo) => {
      const known = keys.find(({ id }) => id === keyId);
      if (!known) throw new Error(`the token vault has no key ${keyId}`);
      const decipher = createDecipheriv("aes-256-gcm", known.key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    },
  };
}
