import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing, RingKeys } from "@tradepost/key-ring/key-ring";

export interface SealedToken {
  keyId: string;
  /** 12 bytes of nonce, 16 of tag, then the ciphertext (NIST SP 800-38D). */
  bytes: Buffer;
}

export interface TokenVault {
  /** `boundTo` is authenticated with the token: a ciphertext moved to another row does not open. */
  seal: (token: string, boundTo: string) => SealedToken;
  /** Rejects when the key is unknown, or the bytes or `boundTo` are not those that were sealed. */
  open: (sealed: SealedToken, boundTo: string) => Promise<string>;
  /** The id of the key that seals now. */
  currentKeyId: () => string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts tokens under the ring's first key. A key it does not know makes it read the ring anew before it gives up. */
export function createTokenVault(ring: KeyRing): TokenVault {
  const find = (keyId: string) => ring.current().find(({ id }) => id === keyId)?.key;
  return {
    currentKeyId: () => newestKey(ring).id,
    seal: (token, boundTo) => {
      const { id, key } = newestKey(ring);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(boundTo));
      const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
      return { keyId: id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
    },
    open: async ({ keyId, bytes }, boundTo) => {
      const key = find(keyId) ?? ((await ring.refresh()) ? find(keyId) : undefined);
      if (!key) throw new Error(`the token vault has no key ${keyId}`);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

function newestKey(ring: KeyRing): RingKeys[number] {
  const [newest] = ring.current();
  if (!newest) throw new Error("the token vault needs a key");
  return newest;
}
