import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing } from "@tradepost/key-ring/key-ring";

export interface Sealed {
  keyId: string;
  /** 12 bytes of nonce, 16 of tag, then the ciphertext (NIST SP 800-38D). */
  bytes: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SecretVault = ReturnType<typeof createSecretVault>;

/**
 * Encrypts the secrets of authenticator apps under the ring's first key. `boundTo` is authenticated too: a ciphertext opens
 * for its owner only. A key it does not know makes it read the ring anew before it gives up.
 */
export function createSecretVault(ring: KeyRing) {
  const find = (keyId: string) => ring.current().find(({ id }) => id === keyId)?.key;
  return {
    seal: (secret: Buffer, boundTo: string): Sealed => {
      const [newest] = ring.current();
      if (!newest) throw new Error("the vault needs a key");
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", newest.key, nonce).setAAD(Buffer.from(boundTo));
      const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
      return { keyId: newest.id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
    },
    /** Rejects when the key is not known, or the bytes or `boundTo` are not those that were sealed. */
    open: async ({ keyId, bytes }: Sealed, boundTo: string): Promise<Buffer> => {
      const key = find(keyId) ?? ((await ring.refresh()) ? find(keyId) : undefined);
      if (!key) throw new Error(`the vault has no key ${keyId}`);
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
    isNewest: ({ keyId }: Sealed): boolean => ring.current()[0]?.id === keyId,
  };
}
