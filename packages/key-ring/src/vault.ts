import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing, RingKeys } from "./key-ring.ts";

export interface Sealed {
  keyId: string;
  /** 12 bytes of nonce, 16 of tag, then the ciphertext (NIST SP 800-38D). Rows of services hold it: it stays so. */
  bytes: Buffer;
}

export interface Vault {
  /** `boundTo` is authenticated with the secret: a ciphertext moved to another row does not open. */
  seal: (secret: Buffer, boundTo: string) => Sealed;
  /** Rejects when the key is not known, or the bytes or `boundTo` are not those that were sealed. */
  open: (sealed: Sealed, boundTo: string) => Promise<Buffer>;
  /** The id of the key that seals now. */
  currentKeyId: () => string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets with AES-256-GCM under the ring's first key. A key it does not know makes it read the ring anew before
 * it gives up: another replica may have the newer keys.
 */
export function createVault(ring: KeyRing): Vault {
  const find = (keyId: string) => ring.current().find(({ id }) => id === keyId)?.key;
  return {
    currentKeyId: () => newestKey(ring).id,
    seal: (secret, boundTo) => {
      const { id, key } = newestKey(ring);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(boundTo));
      const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
      return { keyId: id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
    },
    open: async ({ keyId, bytes }, boundTo) => {
      const key = find(keyId) ?? ((await ring.refresh()) ? find(keyId) : undefined);
      if (!key) throw new Error(`the vault has no key ${keyId}`);
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}

function newestKey(ring: KeyRing): RingKeys[number] {
  const [newest] = ring.current();
  if (!newest) throw new Error("the vault needs a key");
  return newest;
}
