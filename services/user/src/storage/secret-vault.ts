import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** AES-256 keys by id; the first encrypts, all decrypt, so that a key can be changed while old ciphertexts live. */
export type VaultKeys = readonly { id: string; key: Buffer }[];

export interface Sealed {
  keyId: string;
  /** 12 bytes of nonce, 16 of tag, then the ciphertext (NIST SP 800-38D). */
  bytes: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SecretVault = ReturnType<typeof createSecretVault>;

/** Encrypts the secrets of authenticator apps. `boundTo` is authenticated too: a ciphertext opens for its owner only. */
export const createSecretVault = (keys: () => VaultKeys) => ({
  seal: (secret: Buffer, boundTo: string): Sealed => {
    const [newest] = keys();
    if (!newest) throw new Error("the vault needs a key");
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", newest.key, nonce).setAAD(Buffer.from(boundTo));
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    return { keyId: newest.id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
  },
  /** Throws when the key is not known, or the bytes or `boundTo` are not those that were sealed. */
  open: ({ keyId, bytes }: Sealed, boundTo: string): Buffer => {
    const key = keys().find(({ id }) => id === keyId)?.key;
    if (!key) throw new Error(`the vault has no key ${keyId}`);
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  },
});
